package dev.procession.plugin.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.procession.plugin.report.KeptLog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends a watch, and what does not. */
@Timeout(60)
class WatchLoopTest {
    private static final Watched.Outcome BUILT = new Watched.Outcome(true, "", "built");

    private final Deque<Object> script = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();

    /** Does what the script says, and is interrupted where that ends. */
    private final Watched watched = new Watched() {
        @Override
        public Outcome build() throws IOException, InterruptedException {
            Object next = script.poll();
            if (next instanceof IOException failure) {
                throw failure;
            }
            if (next == null) {
                throw new InterruptedException("the script has ended");
            }
            return (Outcome) next;
        }

        @Override
        public List<Path> sources() {
            return List.of();
        }
    };

    private final WatchLoop.Listener listener = new WatchLoop.Listener() {
        @Override
        public void built() {
            heard.add("built");
        }

        @Override
        public void failed(String problem) {
            heard.add(problem);
        }
    };

    private void run() {
        assertThrows(InterruptedException.class, () -> new WatchLoop(watched, listener, new KeptLog()).run());
    }

    @Test
    void run_directoryVanishesInTheMiddleOfABuild_buildsAgainAndTellsNobody() {
        script.addAll(List.of(BUILT, new IOException("staging is gone"), BUILT));
        run();
        assertEquals(List.of("built", "built"), heard);
    }

    @Test
    void run_machineGoesOnFailing_isToldOnceAndEndsWithTheFailure() {
        for (int i = 0; i < 6; i++) {
            script.add(new IOException("no space"));
        }
        script.add(BUILT);
        run();
        assertEquals(List.of("no space", "built"), heard);
    }

    @Test
    void run_failureSaysNothing_itsKindIsTold() {
        for (int i = 0; i < 5; i++) {
            script.add(new ClosedChannelException());
        }
        run();
        assertEquals(List.of("java.nio.channels.ClosedChannelException"), heard);
    }

    @Test
    void run_buildIsInterruptedWhileItReads_endsTheWatch() {
        IOException interrupted = new InterruptedIOException("interrupted");
        script.addAll(List.of(interrupted, BUILT));
        assertSame(
                interrupted,
                assertThrows(IOException.class, () -> new WatchLoop(watched, listener, new KeptLog()).run()));
        assertEquals(List.of(), heard);
    }
}

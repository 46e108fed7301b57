package dev.procession.process;

import dev.procession.internal.child.ChildEvents;
import dev.procession.internal.child.ChildJvm;
import dev.procession.internal.child.LaunchSpec;
import dev.procession.internal.child.ProcessEnd;
import dev.procession.internal.child.RemoteFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * JVMs that are booted and wait for a body, so that a child starts in milliseconds: what Python's forkserver is for,
 * without fork. A child takes one when its options name these spares; another JVM is booted in its place soon after.
 *
 * <pre>{@code
 * try (ChildSpares spares = ChildSpares.keep(2, ChildOptions.builder().build())) {
 *     ChildProcess child = ChildProcess.of(ChildOptions.builder().spares(spares).build(), () -> {});
 *     child.start();
 *     child.join();
 * }
 * }</pre>
 *
 * <p><b>Death.</b> A spare that dies is replaced. When this process dies, its spares end within two seconds, like any
 * child. Children that have begun belong to whoever started them: closing the spares does not touch them.
 *
 * <p>All methods may be called from several threads.
 */
public final class ChildSpares implements AutoCloseable {
    private static final int MOST = 256;

    /** A child from a spare lives 10 ms when it has nothing to do. */
    private static final long REFILL_DELAY_MILLIS = 20;

    private static final Duration END = Duration.ofSeconds(1);

    /** Spares that died one after another without one being taken: then booting more helps nobody. */
    private static final int MOST_DEATHS_IN_A_ROW = 3;

    private final int count;
    private final ChildOptions options;
    private final LaunchSpec spec;
    private final ArrayDeque<Spare> waiting = new ArrayDeque<>();
    private int deathsInARow;
    private int booted;
    private boolean closed;

    private ChildSpares(int count, ChildOptions options) {
        this.count = count;
        this.options = options;
        this.spec = options.launchSpec();
    }

    /**
     * Boots spares.
     *
     * @param count how many are to wait at any time, 1 to 256
     * @param options their java, JVM options, class path, environment and working directory, and who takes what they
     *     print before they begin
     * @return open spares, to be closed by the caller
     * @throws UncheckedIOException when the system cannot start a process
     */
    public static ChildSpares keep(int count, ChildOptions options) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("count must be 1 to " + MOST + ": count=" + count);
        }
        ChildSpares spares = new ChildSpares(count, options);
        try {
            spares.fill();
        } catch (RuntimeException e) {
            spares.close();
            throw e;
        }
        return spares;
    }

    /**
     * The spares that wait now.
     *
     * @return their process ids, the next one to be taken first
     */
    public synchronized List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        for (Spare spare : waiting) {
            pids.add(spare.jvm().pid());
        }
        return pids;
    }

    /** Ends the spares that wait, and waits a moment for their end. Closing twice does nothing. */
    @Override
    public void close() {
        List<Spare> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(waiting);
            waiting.clear();
        }
        ending.forEach(spare -> spare.jvm().kill());
        try {
            for (Spare spare : ending) {
                // A killed process needs some milliseconds to be gone; one that needs longer is the system's to bury.
                spare.jvm().awaitEnd(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a live spare that was started so; null when there is none. */
    @Nullable
    ChildJvm take(LaunchSpec wanted) {
        if (!wanted.equals(spec)) {
            return null;
        }
        Spare taken;
        synchronized (this) {
            do {
                taken = waiting.poll();
            } while (taken != null && !taken.jvm().isAlive());
            deathsInARow = 0;
            if (closed) {
                return null;
            }
        }
        // Not by the thread that wants to begin, and not at once: booting would cost a brief child a third of its life.
        Thread refill = new Thread(null, this::refillSoon, "procession spares", 0, false);
        refill.setDaemon(true);
        refill.start();
        return taken == null ? null : taken.jvm();
    }

    private void refillSoon() {
        try {
            TimeUnit.MILLISECONDS.sleep(REFILL_DELAY_MILLIS);
        } catch (InterruptedException e) {
            // This thread is the library's own; an interrupt has no meaning here.
        }
        refill();
    }

    private void refill() {
        try {
            fill();
        } catch (UncheckedIOException e) {
            // The next child boots a JVM of its own, and gets the reason if it cannot.
        }
    }

    private synchronized void fill() {
        while (!closed && waiting.size() < count && deathsInARow < MOST_DEATHS_IN_A_ROW) {
            booted++;
            String name = "spare-" + booted;
            Spare spare = new Spare(name);
            try {
                spare.jvm = ChildJvm.boot(name, spec, ProcessRunner.class.getName(), spare);
            } catch (IOException e) {
                throw new UncheckedIOException("a spare cannot be started: " + e.getMessage(), e);
            }
            waiting.add(spare);
        }
    }

    private void died(Spare spare) {
        synchronized (this) {
            if (!waiting.remove(spare)) {
                return;
            }
            deathsInARow++;
        }
        refill();
    }

    /** A JVM that waits. It hears only of its own death: whoever takes it listens from then on. */
    private final class Spare implements ChildEvents {
        private final String name;
        private @Nullable ChildJvm jvm;

        Spare(String name) {
            this.name = name;
        }

        ChildJvm jvm() {
            ChildJvm known = jvm;
            if (known == null) {
                throw new IllegalStateException(name + " is not booted");
            }
            return known;
        }

        @Override
        public void line(boolean error, String line) {
            options.output().line(name, error, line);
        }

        @Override
        public void message(byte[] message) {
            // It has no body that could send one.
        }

        @Override
        public void failed(RemoteFailure failure) {
            // As above.
        }

        @Override
        public void ended(ProcessEnd end) {
            died(this);
        }
    }
}

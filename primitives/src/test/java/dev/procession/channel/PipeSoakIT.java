package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import dev.procession.sync.Cells;
import dev.procession.sync.TestSession;
import dev.procession.testing.Eventually;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Senders and receivers of one pipe are killed at random moments; a fifth of the kills comes while another one is stopped.
 * Nobody hangs, no message arrives twice or in part, and none is lost but the one that a killed receiver had taken.
 * {@code -Dprocession.soak.seed=} replays the choices; the moments are the machine's.
 */
@DisabledOnOs(OS.WINDOWS)
class PipeSoakIT {
    private static final int KILLS = Integer.getInteger("procession.soak.kills", 100) / 8;
    private static final long SEED = Long.getLong("procession.soak.seed", System.nanoTime());

    private static final int NEXT = 0;
    private static final int FAULTS = 1;
    private static final int STOP = 2;
    private static final int RECEIVED = 3;
    private static final int FIRST = 4;
    private static final int MOST = 400_000;

    private static final int SENT = 1;
    private static final int SEEN = 1 << 8;

    private final TestSession test = new TestSession();
    private final Session session = test.session();
    private final Random random = new Random(SEED);
    private final ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(8192));
    private final Cells cells = Cells.create(session, FIRST + MOST);

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void processesKilledAtRandom_nobodyHangsAndNothingIsDoubledOrTorn() throws Exception {
        System.out.println("PipeSoakIT: " + KILLS + " kills, -Dprocession.soak.seed=" + SEED);
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            children.add(started(i));
        }
        progress();
        long files = openFiles();
        int receivers = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int place = random.nextInt(4);
            Thread.sleep(random.nextInt(30)); // the moment of the kill: what is random here
            ChildProcess victim = children.get(place);
            ChildProcess stopped = random.nextInt(5) == 0 ? children.get((place + 2) % 4) : null;
            if (stopped != null) {
                TestSession.signal(stopped, "STOP");
            }
            victim.kill();
            victim.join();
            receivers += place % 2;
            if (stopped != null) {
                TestSession.signal(stopped, "CONT");
            }
            children.set(place, started(place));
            progress();
        }
        cells.set(STOP, 1);
        Eventually.holds(
                "the senders end",
                () -> !children.get(0).isAlive() && !children.get(2).isAlive());
        pipe.writer().close();
        pipe.reader().close();
        for (ChildProcess child : children) {
            TestSession.joined(child);
        }
        int lost = 0;
        for (int n = 0; n < cells.get(NEXT); n++) {
            long state = cells.get(FIRST + n);
            assertTrue(state / SEEN <= 1, "message " + n + " came " + state / SEEN + " times; seed " + SEED);
            lost += state == SENT ? 1 : 0;
        }
        assertEquals(0, cells.get(FAULTS), "torn messages; seed " + SEED);
        assertTrue(lost <= receivers, lost + " messages are lost, and " + receivers + " receivers died; seed " + SEED);
        assertTrue(openFiles() <= files + 20, "descriptors are left over");
    }

    private void progress() throws InterruptedException {
        long before = cells.get(RECEIVED);
        Eventually.holds("messages arrive; seed " + SEED, () -> cells.get(RECEIVED) > before + 20);
    }

    private ChildProcess started(int place) {
        PipeEnd<byte[]> end = place % 2 == 0 ? pipe.writer() : pipe.reader();
        Cells shared = cells;
        long seed = random.nextLong();
        return place % 2 == 0
                ? test.start("sender", () -> send(end, shared, seed))
                : test.start("receiver", () -> receive(end, shared));
    }

    private static void send(PipeEnd<byte[]> end, Cells cells, long seed) throws Exception {
        Random random = new Random(seed);
        while (cells.get(STOP) == 0) {
            int number = (int) cells.add(NEXT, 1) - 1;
            if (number >= MOST) {
                return;
            }
            byte[] message = new byte[random.nextInt(6) == 0 ? 30_000 : 8 + random.nextInt(100)];
            Arrays.fill(message, (byte) number);
            ByteBuffer.wrap(message).putInt(number);
            end.send(message);
            cells.add(FIRST + number, SENT);
        }
    }

    private static void receive(PipeEnd<byte[]> end, Cells cells) throws Exception {
        try {
            while (true) {
                byte[] message = end.receive(Duration.ofSeconds(20));
                int number = ByteBuffer.wrap(message).getInt();
                cells.add(FIRST + number, SEEN);
                for (int i = Integer.BYTES; i < message.length; i++) {
                    if (message[i] != (byte) number) {
                        cells.add(FAULTS, 1);
                        break;
                    }
                }
                cells.add(RECEIVED, 1);
            }
        } catch (EOFException e) {
            // That was all.
        }
    }

    private static long openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(descriptors)) {
            return files.count();
        }
    }
}

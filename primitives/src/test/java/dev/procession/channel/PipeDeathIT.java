package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.memory.FaultLabels;
import dev.procession.internal.wire.ObjectCodec;
import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import dev.procession.sync.TestSession;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process is killed at every label of pipes. Whatever it was doing, the others send and receive whole messages in both
 * directions afterwards, and find the end when it was the last.
 */
@Timeout(180)
@EnabledOnOs({OS.LINUX, OS.MAC})
class PipeDeathIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Two labels are in a race that is tried until it is met; a machine with ten times more to do than it can takes its time. */
    private static final Duration VICTIM_LIMIT = Duration.ofMinutes(2);

    private static final int LONG = 30_000;

    private final TestSession test = new TestSession();
    private final Session session = test.session();
    private final ProcessPipe<byte[]> pipe = ProcessPipe.duplex(session, Codec.bytes(), new PipeOptions(4096));

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    static Stream<String> labels() throws IOException {
        List<String> labels = List.copyOf(FaultLabels.inSources("pipe."));
        assertTrue(labels.size() > 20, labels.toString());
        return labels.stream();
    }

    @ParameterizedTest
    @MethodSource("labels")
    void processKilledAtLabel_othersGoOn(String label) throws Exception {
        PipeEnd<byte[]> theirs = pipe.second();
        if (label.equals("pipe.repaired")) {
            ChildProcess bait =
                    test.start("bait", () -> theirs.send(filled(99, LONG)), "-Dprocession.dieAt=pipe.part-sent#2");
            assertTrue(bait.join(LIMIT));
        }
        AtomicBoolean stop = new AtomicBoolean();
        Future<Void> partner = test.thread(() -> answer(stop));
        ChildProcess victim = test.start("victim", () -> everything(theirs), "-Dprocession.dieAt=" + label);
        assertTrue(victim.join(VICTIM_LIMIT), "nobody came to " + label);
        assertEquals(-9, victim.exitCode().orElseThrow(), "nobody ever came to " + label);
        stop.set(true);
        partner.get(20, TimeUnit.SECONDS);

        drain(pipe.first());
        drain(pipe.second());
        for (int length : new int[] {10, LONG}) {
            passes(pipe.first(), pipe.second(), length);
            passes(pipe.second(), pipe.first(), length);
        }
        pipe.second().close();
        assertTrue(pipe.first().poll(LIMIT), "the dead one still has its end");
        assertThrows(EOFException.class, () -> pipe.first().receive());
    }

    /** Gives every message back, twice, one short and one long. */
    private Void answer(AtomicBoolean stop) throws Exception {
        while (!stop.get()) {
            try {
                byte[] message = whole(pipe.first().receive(Duration.ofMillis(20)));
                send(filled(1, 50), stop);
                send(message, stop);
            } catch (TimeoutException e) {
                // Nothing came: whether to stop.
            }
        }
        return null;
    }

    /** Nobody receives it if the victim is dead, and then it must not be there afterwards. */
    private void send(byte[] message, AtomicBoolean stop) throws Exception {
        while (!stop.get()) {
            try {
                pipe.first().send(message, Duration.ofMillis(50));
                return;
            } catch (TimeoutException e) {
                // Nothing was sent.
            }
        }
    }

    private static void drain(PipeEnd<byte[]> end) throws Exception {
        while (true) {
            try {
                whole(end.receive(Duration.ZERO));
            } catch (TimeoutException e) {
                return;
            }
        }
    }

    private void passes(PipeEnd<byte[]> from, PipeEnd<byte[]> to, int length) throws Exception {
        byte[] message = filled(7, length);
        Future<byte[]> received = test.thread(() -> to.receive(LIMIT));
        from.send(message, LIMIT);
        assertArrayEquals(message, received.get());
    }

    /** What comes to every label. */
    private static void everything(PipeEnd<byte[]> end) throws Exception {
        end.send(filled(2, 100));
        end.receive();
        end.receive();
        end.send(filled(3, LONG));
        end.receive();
        end.receive();
        Object copy = ObjectCodec.decode(ObjectCodec.encode(end), PipeDeathIT.class.getClassLoader());
        ((PipeEnd<?>) copy).close();
        Session own = Session.create(); // of a session of its own, which nobody else has
        ProcessPipe<byte[]> pipe = ProcessPipe.duplex(own, Codec.bytes(), new PipeOptions(4096));
        PipeEnd<byte[]> mine = pipe.first();
        try {
            mine.send(filled(4, LONG), Duration.ofMillis(1)); // nobody receives it
        } catch (TimeoutException e) {
            // As it is to be.
        }
        mine.close(); // the last handle here
        PipeEnd<byte[]> other = pipe.second();
        ChildProcess.of(other::isClosed).start();
        leaveRests(ProcessPipe.oneWay(own, Codec.bytes(), new PipeOptions(4096)));
    }

    /** Gives up a long message in its midst until there are parts that nobody can use. */
    private static void leaveRests(ProcessPipe<byte[]> pipe) throws Exception {
        for (int i = 0; i < 500; i++) {
            Thread sender = new Thread(() -> {
                try {
                    pipe.writer().send(filled(5, 1_000_000));
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();
            Thread me = Thread.currentThread();
            pipe.reader().poll(LIMIT);
            Thread alarm = new Thread(me::interrupt);
            alarm.start();
            try {
                pipe.reader().receive();
            } catch (InterruptedException e) {
                pipe.reader().receive();
            }
            joined(alarm);
            sender.join();
        }
    }

    /** However late its interrupt comes. */
    private static void joined(Thread alarm) {
        while (alarm.isAlive()) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }

    private static byte[] filled(int number, int length) {
        byte[] message = new byte[length];
        Arrays.fill(message, (byte) number);
        ByteBuffer.wrap(message).putInt(length);
        return message;
    }

    private static byte[] whole(byte[] message) {
        assertEquals(message.length, ByteBuffer.wrap(message).getInt());
        byte number = message[4];
        for (int i = 4; i < message.length; i++) {
            assertEquals(number, message[i], "byte " + i);
        }
        return message;
    }
}

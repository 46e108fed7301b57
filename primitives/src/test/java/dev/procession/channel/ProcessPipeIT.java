package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.OwnerDeath;
import dev.procession.Waitable;
import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import dev.procession.sync.Cells;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.TestSession;
import dev.procession.testing.Eventually;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends in several processes, which live, stop and die. */
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class ProcessPipeIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MANY = 16 << 20;

    private final TestSession test = new TestSession();
    private final Session session = test.session();

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    @Test // K01, K04, K06, X42
    void duplex_childEchoes_untilTheParentCloses() throws Exception {
        ProcessPipe<Object> pipe = ProcessPipe.duplex(session);
        PipeEnd<Object> theirs = pipe.second();
        ChildProcess child = test.start("echo", () -> {
            try {
                while (true) {
                    Object value = theirs.receive();
                    if (value.equals("bytes")) {
                        theirs.sendBytes(theirs.receiveBytes());
                    } else {
                        theirs.send(value);
                    }
                }
            } catch (EOFException e) {
                // The parent has closed its end.
            }
        });
        theirs.close(); // right after the start; the child is not there yet
        PipeEnd<Object> end = pipe.first();
        assertFalse(end.poll(), "the end was reserved for the child");
        List<Object> value = new ArrayList<>(Arrays.asList(1, 2.25, null));
        end.send(value);
        assertEquals(value, end.receive(LIMIT));
        for (int length : new int[] {0, 1, 100_000, MANY}) {
            byte[] bytes = random(length);
            end.send("bytes");
            end.sendBytes(bytes);
            assertArrayEquals(bytes, end.receiveBytes(LIMIT));
        }
        long closed = System.nanoTime();
        end.close();
        assertTrue(child.join(LIMIT), "the child waits for a message that cannot come");
        assertTrue(millisSince(closed) < 10_000);
        assertEquals(0, child.exitCode().orElseThrow());
        assertEquals(0, session.rescues());
    }

    @Test // K10
    void strings_sentNowAndThen_arriveOneByOne() throws Exception {
        List<String> texts = List.of("hello", "", "how", "are", "", "you", "", "");
        ProcessPipe<String> pipe = ProcessPipe.oneWay(session, Codec.strings());
        PipeEnd<String> writer = pipe.writer();
        test.start("sender", () -> {
            for (String text : texts) {
                Thread.sleep(100);
                writer.send(text);
            }
        });
        writer.close();
        List<String> got = new ArrayList<>();
        assertThrows(EOFException.class, () -> {
            while (true) {
                got.add(pipe.reader().receive(LIMIT));
            }
        });
        assertEquals(texts, got);
    }

    @Test // K11, X12
    void poll_inAnotherProcess_neverTakesAPart() throws Exception {
        ProcessPipe<String> pipe = ProcessPipe.oneWay(session, Codec.strings());
        PipeEnd<String> reader = pipe.reader();
        Cells cells = Cells.create(session, 2);
        ChildProcess poller = test.start("poller", () -> {
            cells.set(0, 1);
            while (cells.get(1) == 0) {
                reader.poll();
            }
        });
        cells.await(0, 1);
        for (int i = 0; i < 300; i++) {
            pipe.writer().send("first " + i);
            assertTrue(reader.poll());
            pipe.writer().send("second " + "x".repeat(300));
            assertEquals("first " + i, reader.receive(Duration.ZERO));
            assertEquals("second " + "x".repeat(300), reader.receive(Duration.ZERO));
            assertFalse(reader.poll());
        }
        cells.set(1, 1);
        TestSession.joined(poller);
    }

    @Test // X12
    void receiveIfThereIs_twoReaders_nobodyHangs() throws Exception {
        ProcessPipe<Integer> pipe = ProcessPipe.oneWay(session, Codec.integers());
        PipeEnd<Integer> reader = pipe.reader();
        Cells cells = Cells.create(session, 1);
        List<ChildProcess> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(test.start("reader", () -> {
                try {
                    while (true) {
                        if (reader.poll()) {
                            try {
                                reader.receive(Duration.ZERO);
                                cells.add(0, 1);
                            } catch (TimeoutException e) {
                                // The other one was faster.
                            }
                        }
                    }
                } catch (EOFException e) {
                    // All of it was received.
                }
            }));
        }
        reader.close();
        for (int i = 0; i < 3000; i++) {
            pipe.writer().send(i);
        }
        pipe.writer().close();
        for (ChildProcess child : readers) {
            TestSession.joined(child);
        }
        assertEquals(3000, cells.get(0));
    }

    @Test // K13
    void end_sentToAProcessThatRuns_worksThere() throws Exception {
        ProcessPipe<Object> carrier = ProcessPipe.oneWay(session);
        PipeEnd<Object> incoming = carrier.reader();
        ChildProcess child = test.start("worker", () -> {
            for (int i = 0; i < 2; i++) {
                PipeEnd<?> end = (PipeEnd<?>) incoming.receive();
                if (end.canReceive()) {
                    Object got = end.receive();
                    castToAny(end).send(got + "!");
                } else {
                    castToAny(end).send("by the writer");
                }
                end.close();
            }
        });
        ProcessPipe<Object> duplex = ProcessPipe.duplex(session);
        ProcessPipe<Object> oneWay = ProcessPipe.oneWay(session);
        carrier.writer().send(duplex.second());
        duplex.second().close();
        duplex.first().send("sent");
        assertEquals("sent!", duplex.first().receive(LIMIT));
        assertThrows(EOFException.class, () -> duplex.first().receive(LIMIT));
        carrier.writer().send(oneWay.writer());
        oneWay.writer().close();
        assertEquals("by the writer", oneWay.reader().receive(LIMIT));
        assertThrows(EOFException.class, () -> oneWay.reader().receive(LIMIT));
        TestSession.joined(child);
    }

    @SuppressWarnings("unchecked") // what the test sends
    private static PipeEnd<Object> castToAny(PipeEnd<?> end) {
        return (PipeEnd<Object>) end;
    }

    @ParameterizedTest // K16
    @ValueSource(booleans = {false, true})
    void awaitAny_fourSenders_everyMessageOnceAndTheEnds(boolean slow) throws Exception {
        List<PipeEnd<long[]>> readers = new ArrayList<>();
        Set<Long> pids = new HashSet<>();
        List<ChildProcess> children = new ArrayList<>();
        for (int sender = 0; sender < 4; sender++) {
            ProcessPipe<long[]> pipe = ProcessPipe.oneWay(session);
            PipeEnd<long[]> writer = pipe.writer();
            int seed = sender;
            ChildProcess child = test.start("sender-" + sender, () -> {
                Random random = new Random(seed);
                long pid = ProcessHandle.current().pid();
                for (int i = 0; i < 10; i++) {
                    if (slow) {
                        Thread.sleep(random.nextInt(100));
                    }
                    writer.send(new long[] {i, pid});
                }
            });
            writer.close();
            children.add(child);
            pids.add(child.pid());
            readers.add(pipe.reader());
        }
        Set<List<Long>> got = new HashSet<>();
        int messages = 0;
        while (!readers.isEmpty()) {
            List<PipeEnd<long[]>> ready = Waitable.awaitAny(readers, LIMIT);
            assertFalse(ready.isEmpty());
            for (PipeEnd<long[]> reader : ready) {
                try {
                    long[] message = reader.receive(Duration.ZERO);
                    assertTrue(pids.contains(message[1]));
                    got.add(List.of(message[0], message[1]));
                    messages++;
                } catch (EOFException e) {
                    readers.remove(reader);
                }
            }
        }
        assertEquals(40, messages);
        assertEquals(40, got.size());
        for (ChildProcess child : children) {
            TestSession.joined(child);
        }
    }

    @Test
    void awaitAny_pipeEventAndChild_eachIsSeen_andIdleCostsNothing() throws Exception {
        ProcessPipe<String> pipe = ProcessPipe.oneWay(session, Codec.strings());
        PipeEnd<String> writer = pipe.writer();
        ProcessEvent go = ProcessEvent.create(session);
        ProcessEvent event = ProcessEvent.create(session);
        ChildProcess child = test.start("child", () -> {
            go.await();
            go.clear();
            writer.send("x");
            go.await();
            go.clear();
            event.set();
            go.await();
        });
        Waitable ended = Waitable.of(child.onExit());
        Waitable process = Waitable.of(ProcessHandle.of(child.pid()).orElseThrow());
        List<Waitable> all = List.of(pipe.reader(), event, ended, process);
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertEquals(List.of(), Waitable.awaitAny(all, 700, TimeUnit.MILLISECONDS));
        cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        assertTrue(cpu < 100_000_000, "waiting took " + cpu + " ns of processor time");
        go.set();
        assertEquals(List.of(pipe.reader()), Waitable.awaitAny(all, LIMIT));
        assertEquals("x", pipe.reader().receive());
        go.set();
        assertEquals(List.of(event), Waitable.awaitAny(all, LIMIT));
        event.clear();
        go.set();
        List<Waitable> ready = Waitable.awaitAny(all, LIMIT);
        assertFalse(ready.isEmpty());
        Eventually.holds("both say that it ended", () -> ended.isReady() && process.isReady());
        writer.close();
        assertEquals(List.of(pipe.reader()), Waitable.awaitAny(List.of(pipe.reader(), event), LIMIT));
    }

    @Test // X17
    void sender_endsHard_whatItSentIsThere() throws Exception {
        ProcessPipe<Integer> pipe = ProcessPipe.oneWay(session, Codec.integers());
        PipeEnd<Integer> writer = pipe.writer();
        ChildProcess child = test.start("sender", () -> {
            writer.send(1);
            writer.send(2);
            writer.send(3);
            Runtime.getRuntime().halt(0);
        });
        writer.close();
        assertTrue(child.join(LIMIT));
        for (int i = 1; i <= 3; i++) {
            assertEquals(i, pipe.reader().receive(LIMIT));
        }
        EndOfPipeException end =
                assertThrows(EndOfPipeException.class, () -> pipe.reader().receive(LIMIT));
        assertEquals(1, end.deaths().size());
        assertEquals("sender", end.deaths().get(0).processName());
    }

    @Test // X21
    void lastOwnerKilled_theOtherEndIsToldWhoDied() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.duplex(session, Codec.bytes());
        PipeEnd<byte[]> theirs = pipe.second();
        ProcessEvent ready = ProcessEvent.create(session);
        ChildProcess child = test.start("worker-2", () -> {
            theirs.canSend();
            ready.set();
            Thread.sleep(100_000);
        });
        theirs.close();
        ready.await();
        Future<byte[]> receiver = test.thread(() -> pipe.first().receive());
        Future<Object> sender = test.thread(() -> {
            pipe.first().send(new byte[MANY]);
            return null;
        });
        Thread.sleep(100);
        child.kill();
        long killed = System.nanoTime();
        ExecutionException ended = assertThrows(ExecutionException.class, () -> receiver.get(20, TimeUnit.SECONDS));
        ExecutionException broken = assertThrows(ExecutionException.class, () -> sender.get(20, TimeUnit.SECONDS));
        assertTrue(millisSince(killed) < 10_000);
        child.join();
        EndOfPipeException end = assertInstanceOf(EndOfPipeException.class, ended.getCause());
        OwnerDeath death = end.deaths().get(0);
        assertEquals(child.pid(), death.pid());
        assertTrue(end.getMessage().contains("process " + child.pid() + " (worker-2) ended"), end.getMessage());
        BrokenPipeException pipeBroken = assertInstanceOf(BrokenPipeException.class, broken.getCause());
        assertEquals(child.pid(), pipeBroken.deaths().get(0).pid());
        BrokenPipeException later =
                assertThrows(BrokenPipeException.class, () -> pipe.first().send(new byte[1]));
        assertEquals(-9, later.deaths().get(0).exitCode().orElseThrow());
        assertTrue(later.getMessage().contains("killed by signal 9"), later.getMessage());
    }

    @Test
    void childKilledWhileItBoots_theOtherEndIsTold() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.duplex(session, Codec.bytes());
        PipeEnd<byte[]> theirs = pipe.second();
        ChildProcess child = test.start("short", theirs::receive);
        theirs.close();
        child.kill();
        assertThrows(EOFException.class, () -> pipe.first().receive(LIMIT));
    }

    @Test // X19
    void receiverKilledWhileItWaits_othersGoOn() throws Exception {
        ProcessPipe<String> pipe = ProcessPipe.oneWay(session, Codec.strings());
        PipeEnd<String> reader = pipe.reader();
        Cells cells = Cells.create(session, 2);
        ChildProcess victim = test.start("victim", () -> {
            cells.set(0, 1);
            reader.receive();
        });
        ChildProcess other = test.start("other", () -> {
            cells.set(1, 1);
            reader.receive();
        });
        cells.await(0, 1);
        cells.await(1, 1);
        Thread.sleep(60); // both sleep by now, most of the time
        victim.kill();
        victim.join();
        pipe.writer().send("for the other");
        TestSession.joined(other);
    }

    @Test // X16
    void childJoinedBeforeItsMessageIsReceived_sendsWhenItIs() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes());
        PipeEnd<byte[]> writer = pipe.writer();
        ChildProcess small = test.start("small", () -> writer.send(new byte[10_000]));
        TestSession.joined(small);
        ChildProcess large = test.start("large", () -> writer.send(new byte[1 << 20]));
        assertFalse(large.join(Duration.ofMillis(700)), "it waits for somebody who receives");
        assertEquals(10_000, pipe.reader().receive(LIMIT).length);
        assertEquals(1 << 20, pipe.reader().receive(LIMIT).length);
        TestSession.joined(large);
    }

    @Test // K19
    void senderStoppedInALongMessage_receiverIsNotKept_andGetsItLater() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        PipeEnd<byte[]> writer = pipe.writer();
        ProcessEvent done = ProcessEvent.create(session);
        ChildProcess sender = test.start("sender", () -> {
            writer.send(random(MANY));
            writer.send(new byte[1]);
            done.await(); // so that it can be stopped and let go on at any time
        });
        writer.close();
        assertTrue(pipe.reader().poll(LIMIT));
        Future<byte[]> receiver = test.thread(() -> pipe.reader().receive(Duration.ofMillis(1)));
        TestSession.signal(sender, "STOP"); // while it is received, unless this machine is very fast
        byte[] got;
        try {
            got = receiver.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertInstanceOf(TimeoutException.class, e.getCause());
            assertTrue(
                    e.getCause().getMessage().contains("the rest of a message"),
                    e.getCause().getMessage());
            assertThrows(TimeoutException.class, () -> pipe.reader().receive(Duration.ofMillis(100)));
            TestSession.signal(sender, "CONT");
            got = pipe.reader().receive(LIMIT);
        }
        TestSession.signal(sender, "CONT");
        assertArrayEquals(random(MANY), got);
        assertEquals(1, pipe.reader().receive(LIMIT).length);
        done.set();
        TestSession.joined(sender);
    }

    @Test
    void receiverStopped_senderIsNotKept() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        PipeEnd<byte[]> reader = pipe.reader();
        ProcessEvent ready = ProcessEvent.create(session);
        ChildProcess receiver = test.start("receiver", () -> {
            ready.set();
            reader.receive();
            reader.receive();
        });
        ready.await();
        TestSession.signal(receiver, "STOP");
        pipe.writer().send(new byte[1], Duration.ZERO);
        assertThrows(TimeoutException.class, () -> pipe.writer().send(random(MANY), Duration.ofMillis(50)));
        TestSession.signal(receiver, "CONT");
        pipe.writer().send(random(100_000), LIMIT);
        TestSession.joined(receiver);
    }

    @Test
    void senderKilledInALongMessage_itIsNeverSeen() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        PipeEnd<byte[]> writer = pipe.writer();
        ChildProcess sender =
                test.start("sender", () -> writer.send(random(100_000)), "-Dprocession.dieAt=pipe.part-sent#20");
        Future<byte[]> receiver = test.thread(() -> pipe.reader().receive(LIMIT));
        assertTrue(sender.join(LIMIT));
        assertEquals(-9, sender.exitCode().orElseThrow());
        writer.send(new byte[5], LIMIT);
        assertEquals(5, receiver.get().length);
        ChildProcess last =
                test.start("last", () -> writer.send(random(100_000)), "-Dprocession.dieAt=pipe.part-sent#20");
        writer.close();
        EndOfPipeException end =
                assertThrows(EndOfPipeException.class, () -> pipe.reader().receive(LIMIT));
        assertTrue(end.getMessage().contains(last.pid() + " (last)"), end.getMessage());
    }

    @Test
    void receiverKilledInALongMessage_theNextOneGetsAllOfIt() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        PipeEnd<byte[]> reader = pipe.reader();
        Future<Void> sender = test.thread(() -> {
            pipe.writer().send(random(100_000));
            return null;
        });
        ChildProcess receiver = test.start("receiver", reader::receive, "-Dprocession.dieAt=pipe.part-received#20");
        assertTrue(receiver.join(LIMIT));
        assertEquals(-9, receiver.exitCode().orElseThrow());
        assertArrayEquals(random(100_000), reader.receive(LIMIT));
        sender.get();
    }

    @Test
    void manyProcesses_oneEnd_eachMessageOnceAndWhole() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        PipeEnd<byte[]> reader = pipe.reader();
        PipeEnd<byte[]> writer = pipe.writer();
        int each = 400;
        Cells seen = Cells.create(session, 2 * each + 1);
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int from = i * each;
            children.add(test.start("sender", () -> {
                Random random = new Random(from);
                for (int n = from; n < from + each; n++) {
                    byte[] message = new byte[random.nextInt(8) == 0 ? 9000 : 10 + random.nextInt(200)];
                    Arrays.fill(message, (byte) n);
                    message[0] = (byte) (n >> 8);
                    writer.send(message);
                }
            }));
            children.add(test.start("receiver", () -> {
                try {
                    while (true) {
                        byte[] message = reader.receive();
                        for (byte b : message) {
                            if (b != message[1] && b != message[0]) {
                                throw new IOException("messages were mixed");
                            }
                        }
                        seen.add(((message[0] & 0xff) << 8) | (message[1] & 0xff), 1);
                    }
                } catch (EOFException e) {
                    // That was all.
                }
            }));
        }
        reader.close();
        writer.close();
        for (ChildProcess child : children) {
            TestSession.joined(child);
        }
        for (int n = 0; n < 2 * each; n++) {
            assertEquals(1, seen.get(n), "message " + n);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}

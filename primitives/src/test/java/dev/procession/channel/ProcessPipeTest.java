package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.EncodingException;
import dev.procession.Waitable;
import dev.procession.internal.wire.ObjectCodec;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.TestSession;
import dev.procession.testing.Eventually;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.TimelineEvent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both ends in one process. */
@Timeout(60)
class ProcessPipeTest {
    private static final byte[] LETTERS = "abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestSession test = new TestSession();
    private final Session session = test.session();

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    @Test // K01
    void duplex_valuesAndBytes_comeBackEqual() throws Exception {
        ProcessPipe<Object> pipe = ProcessPipe.duplex(session);
        Future<Void> echo = test.thread(() -> {
            PipeEnd<Object> end = pipe.second();
            end.send(end.receive());
            end.sendBytes(end.receiveBytes());
            end.sendBytes(end.receiveBytes());
            end.send(end.receive());
            return null;
        });
        List<Object> value = new ArrayList<>(Arrays.asList(1, 2.25, null));
        pipe.first().send(value);
        assertEquals(value, pipe.first().receive(SOON));
        pipe.first().sendBytes(LETTERS);
        assertArrayEquals(LETTERS, pipe.first().receiveBytes(SOON));
        byte[] large = random(16 << 20);
        pipe.first().sendBytes(large);
        assertArrayEquals(large, pipe.first().receiveBytes(SOON));
        pipe.first().send(large);
        assertArrayEquals(large, (byte[]) pipe.first().receive(SOON));
        echo.get(20, TimeUnit.SECONDS);
    }

    @Test // K02
    void receiveInto_offsetsAndTooShort() throws Exception {
        ProcessPipe<Object> pipe = ProcessPipe.duplex(session);
        byte[] buffer = new byte[40];
        pipe.first().sendBytes(LETTERS);
        assertEquals(26, pipe.second().receiveInto(buffer, 3));
        assertArrayEquals(LETTERS, Arrays.copyOfRange(buffer, 3, 29));
        assertEquals(0, buffer[29]);

        ByteBuffer ints = ByteBuffer.allocateDirect(10 * Integer.BYTES).order(ByteOrder.nativeOrder());
        ByteBuffer two = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.nativeOrder());
        pipe.first().sendBytes(two.putInt(7).putInt(8).flip());
        assertFalse(two.hasRemaining());
        ints.position(3 * Integer.BYTES);
        assertEquals(2 * Integer.BYTES, pipe.second().receiveInto(ints));
        assertEquals(5 * Integer.BYTES, ints.position());
        assertEquals(7, ints.getInt(3 * Integer.BYTES));
        assertEquals(8, ints.getInt(4 * Integer.BYTES));

        pipe.first().sendBytes(LETTERS);
        pipe.first().sendBytes(new byte[] {1});
        BufferTooShortException tooShort =
                assertThrows(BufferTooShortException.class, () -> pipe.second().receiveInto(new byte[28], 3));
        assertArrayEquals(LETTERS, tooShort.message());
        assertTrue(
                tooShort.getMessage().contains("26 bytes came for a buffer with room for 25"), tooShort.getMessage());
        assertArrayEquals(new byte[] {1}, pipe.second().receiveBytes(SOON));
        assertThrows(IndexOutOfBoundsException.class, () -> pipe.second().receiveInto(new byte[3], 4));
        assertThrows(
                IllegalArgumentException.class,
                () -> pipe.second().receiveInto(ByteBuffer.allocate(3).asReadOnlyBuffer()));

        pipe.first().sendBytes(LETTERS);
        IOException tooLong =
                assertThrows(IOException.class, () -> pipe.second().receiveBytes(25));
        assertTrue(tooLong.getMessage().contains("the next message has 26 bytes"), tooLong.getMessage());
        assertArrayEquals(LETTERS, pipe.second().receiveBytes(26));
    }

    @Test // K02 for a message that comes in parts
    void receiveInto_longMessage() throws Exception {
        ProcessPipe<Object> pipe = ProcessPipe.oneWay(session, Codec.objects(), new PipeOptions(4096));
        byte[] large = random(100_000);
        Future<Void> sender = test.thread(() -> {
            pipe.writer().sendBytes(large);
            pipe.writer().sendBytes(large);
            return null;
        });
        ByteBuffer buffer = ByteBuffer.allocateDirect(100_003).position(3);
        assertEquals(100_000, pipe.reader().receiveInto(buffer));
        byte[] got = new byte[100_000];
        buffer.position(3).get(got);
        assertArrayEquals(large, got);
        BufferTooShortException tooShort =
                assertThrows(BufferTooShortException.class, () -> pipe.reader().receiveInto(new byte[99_999], 0));
        assertArrayEquals(large, tooShort.message());
        sender.get();
    }

    @Test // K03
    void poll_timeouts() throws Exception {
        ProcessPipe<Object> pipe = ProcessPipe.duplex(session);
        PipeEnd<Object> end = pipe.second();
        long start = System.nanoTime();
        assertFalse(end.poll());
        assertFalse(end.poll(-1, TimeUnit.SECONDS));
        assertFalse(end.poll(Duration.ZERO));
        assertThrows(TimeoutException.class, () -> end.receive(0, TimeUnit.SECONDS));
        assertTrue(millisSince(start) < 1000, "immediately");
        start = System.nanoTime();
        assertFalse(end.poll(820, TimeUnit.MILLISECONDS));
        assertTrue(millisSince(start) >= 820);
        start = System.nanoTime();
        TimeoutException late = assertThrows(TimeoutException.class, () -> end.receive(Duration.ofMillis(350)));
        assertTrue(millisSince(start) >= 350);
        assertEquals("pipe " + end.name() + ": no message within the timeout", late.getMessage());
        pipe.first().send("x");
        start = System.nanoTime();
        assertTrue(end.poll(820, TimeUnit.MILLISECONDS));
        assertTrue(millisSince(start) < 1000, "immediately");
        assertEquals("x", end.receive(0, TimeUnit.SECONDS));
    }

    @Test // K04
    void receive_otherEndClosed_allIsReceivedAndThenTheEnd() throws Exception {
        ProcessPipe<Object> pipe = ProcessPipe.duplex(session);
        pipe.second().send(1);
        pipe.second().send(2);
        pipe.second().close();
        assertEquals(1, pipe.first().receive());
        assertEquals(2, pipe.first().receive());
        assertTrue(pipe.first().poll());
        EndOfPipeException end =
                assertThrows(EndOfPipeException.class, () -> pipe.first().receive());
        assertInstanceOf(EOFException.class, end);
        assertEquals(
                "pipe " + pipe.first().name()
                        + " has ended: nobody can send into it any more, every process has closed the other end",
                end.getMessage());
        assertEquals(List.of(), end.deaths());
        BrokenPipeException broken =
                assertThrows(BrokenPipeException.class, () -> pipe.first().send(3));
        assertTrue(broken.getMessage().contains("nobody can receive from it any more"), broken.getMessage());
        assertThrows(BrokenPipeException.class, () -> pipe.first().sendBytes(new byte[1 << 20]));
    }

    @Test
    void receive_otherEndClosedMeanwhile_ends() throws Exception {
        ProcessPipe<Object> pipe = ProcessPipe.oneWay(session);
        Future<Object> receiver = test.thread(() -> pipe.reader().receive());
        Future<Boolean> poller = test.thread(() -> pipe.reader().poll(20, TimeUnit.SECONDS));
        Thread.sleep(50); // both sleep, most of the time
        pipe.writer().close();
        ExecutionException failure = assertThrows(ExecutionException.class, () -> receiver.get(20, TimeUnit.SECONDS));
        assertInstanceOf(EndOfPipeException.class, failure.getCause());
        assertTrue(poller.get());
        assertEquals(0, session.rescues());
    }

    @Test
    void send_fullAndReaderClosedMeanwhile_isBroken() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        pipe.writer().send(new byte[2000]);
        Future<Object> small = test.thread(() -> {
            pipe.writer().send(new byte[2000]);
            pipe.writer().send(new byte[2000]);
            return null;
        });
        Future<Object> large = test.thread(() -> {
            pipe.writer().send(new byte[20_000]);
            return null;
        });
        Thread.sleep(50);
        pipe.reader().close();
        for (Future<Object> sender : List.of(small, large)) {
            ExecutionException failure = assertThrows(ExecutionException.class, () -> sender.get(20, TimeUnit.SECONDS));
            assertInstanceOf(BrokenPipeException.class, failure.getCause());
        }
        assertEquals(0, session.rescues());
    }

    @Test // K05
    void oneWay_wrongDirection_isRefused() {
        ProcessPipe<Object> pipe = ProcessPipe.oneWay(session);
        assertTrue(pipe.reader().canReceive());
        assertFalse(pipe.reader().canSend());
        assertTrue(pipe.writer().canSend());
        assertFalse(pipe.writer().canReceive());
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> pipe.reader().send(1));
        assertTrue(refused.getMessage().endsWith("this is the reader's end of a one-way pipe"), refused.getMessage());
        assertThrows(IllegalStateException.class, () -> pipe.reader().sendBytes(LETTERS));
        assertThrows(IllegalStateException.class, () -> pipe.writer().receive());
        assertThrows(IllegalStateException.class, () -> pipe.writer().receiveBytes());
        assertThrows(IllegalStateException.class, () -> pipe.writer().poll());
        assertThrows(IllegalStateException.class, () -> Waitable.awaitAny(List.of(pipe.writer())));
        ProcessPipe<Object> duplex = ProcessPipe.duplex(session);
        assertTrue(duplex.first().canReceive() && duplex.first().canSend());
        assertThrows(IllegalStateException.class, duplex::reader);
    }

    @Test // K07
    void sendBytes_parts() throws Exception {
        ProcessPipe<Object> pipe = ProcessPipe.oneWay(session);
        PipeEnd<Object> writer = pipe.writer();
        writer.sendBytes(LETTERS, 5, 21);
        assertEquals("fghijklmnopqrstuvwxyz", text(pipe.reader().receiveBytes()));
        writer.sendBytes(LETTERS, 7, 8);
        assertEquals("hijklmno", text(pipe.reader().receiveBytes()));
        writer.sendBytes(LETTERS, 26, 0);
        assertEquals("", text(pipe.reader().receiveBytes()));
        assertThrows(IndexOutOfBoundsException.class, () -> writer.sendBytes(LETTERS, 27, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> writer.sendBytes(LETTERS, 22, 5));
        assertThrows(IndexOutOfBoundsException.class, () -> writer.sendBytes(LETTERS, -1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> writer.sendBytes(LETTERS, 4, -1));
        assertFalse(pipe.reader().poll());
    }

    @Test // K08
    void pipeInATryBlock_isClosedAfterIt() throws Exception {
        PipeEnd<Object> first;
        PipeEnd<Object> second;
        try (ProcessPipe<Object> pipe = ProcessPipe.duplex(session)) {
            first = pipe.first();
            second = pipe.second();
            first.send("x");
            assertEquals("x", second.receive());
        }
        assertTrue(first.isClosed());
        IllegalStateException closed = assertThrows(IllegalStateException.class, first::receive);
        assertTrue(closed.getMessage().contains("was closed by this process"), closed.getMessage());
        assertThrows(IllegalStateException.class, () -> second.send(1));
        assertThrows(IllegalStateException.class, second::poll);
        assertThrows(IllegalStateException.class, second::isReady);
        second.close();
    }

    @Test // K09
    void emptyMessage_isAMessage() throws Exception {
        ProcessPipe<String> pipe = ProcessPipe.oneWay(session, Codec.strings());
        pipe.writer().sendBytes(new byte[0]);
        assertTrue(pipe.reader().poll());
        assertTrue(pipe.reader().poll());
        assertEquals(0, pipe.reader().receiveBytes().length);
        assertFalse(pipe.reader().poll());
        pipe.writer().send("");
        assertEquals("", pipe.reader().receive());
    }

    @Test // K12
    void messages_areNeverMerged() throws Exception {
        ProcessPipe<Object> pipe = ProcessPipe.oneWay(session);
        for (String text : List.of("a", "b", "cd")) {
            pipe.writer().sendBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals("a", text(pipe.reader().receiveBytes()));
        assertEquals("b", text(pipe.reader().receiveBytes()));
        assertTrue(pipe.reader().poll());
        assertEquals("cd", text(pipe.reader().receiveBytes()));
        assertFalse(pipe.reader().poll());
    }

    @Test
    void receive_otherForm_isRefusedAndTheMessageStays() throws Exception {
        ProcessPipe<String> pipe = ProcessPipe.oneWay(session, Codec.strings());
        pipe.writer().sendBytes(LETTERS);
        pipe.writer().send("z");
        IllegalStateException bytes =
                assertThrows(IllegalStateException.class, () -> pipe.reader().receive());
        assertTrue(bytes.getMessage().contains("sent as bytes (26): receive it by receiveBytes()"), bytes.getMessage());
        assertArrayEquals(LETTERS, pipe.reader().receiveBytes());
        IllegalStateException value =
                assertThrows(IllegalStateException.class, () -> pipe.reader().receiveBytes());
        assertTrue(value.getMessage().contains("sent as a value"), value.getMessage());
        assertEquals("z", pipe.reader().receive());
    }

    @Test // X15
    void send_notSerializable_isThrownBySend() throws Exception {
        ProcessPipe<Object> pipe = ProcessPipe.oneWay(session);
        EncodingException refused =
                assertThrows(EncodingException.class, () -> pipe.writer().send(Map.of("key", List.of(new Object()))));
        assertTrue(refused.getMessage().contains("java.lang.Object"), refused.getMessage());
        assertTrue(refused.getMessage().contains(pipe.writer().name()), refused.getMessage());
        assertFalse(pipe.reader().poll());
        assertThrows(NullPointerException.class, () -> pipe.writer().send(null));
        pipe.writer().send("fine");
        assertEquals("fine", pipe.reader().receive());
    }

    @Test
    void ring_messagesOfAllLengths_comeOutAsTheyWentIn() throws Exception {
        long seed = System.nanoTime();
        ProcessPipe<Object> pipe = ProcessPipe.oneWay(session, Codec.objects(), new PipeOptions(4096));
        Future<Void> sender = test.thread(() -> {
            Random random = new Random(seed);
            for (int i = 0; i < 2000; i++) {
                pipe.writer().sendBytes(message(random));
            }
            pipe.writer().close();
            return null;
        });
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] expected = message(random);
            int number = i;
            assertArrayEquals(expected, pipe.reader().receiveBytes(SOON), () -> "seed " + seed + ", message " + number);
        }
        assertThrows(EOFException.class, () -> pipe.reader().receive());
        sender.get();
    }

    private static byte[] message(Random random) {
        byte[] message = new byte[random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(300)];
        random.nextBytes(message);
        return message;
    }

    @Test
    void manyThreads_longAndShortMessages_eachArrivesOnceAndWhole() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger broken = new AtomicInteger();
        List<Future<Void>> threads = new ArrayList<>();
        for (int sender = 0; sender < 4; sender++) {
            int from = sender * 300;
            threads.add(test.thread(() -> {
                Random random = new Random(from);
                for (int i = from; i < from + 300; i++) {
                    pipe.writer().send(filled(i, random.nextInt(5) == 0 ? 9000 : 8 + random.nextInt(500)));
                }
                return null;
            }));
        }
        List<Future<Void>> receivers = new ArrayList<>();
        for (int receiver = 0; receiver < 4; receiver++) {
            receivers.add(test.thread(() -> {
                while (true) {
                    try {
                        byte[] message = pipe.reader().receive(SOON);
                        int number = ByteBuffer.wrap(message).getInt();
                        if (!seen.add(number) || !Arrays.equals(message, filled(number, message.length))) {
                            broken.incrementAndGet();
                        }
                    } catch (EOFException e) {
                        return null;
                    }
                }
            }));
        }
        for (Future<Void> sender : threads) {
            sender.get(30, TimeUnit.SECONDS);
        }
        pipe.writer().close();
        for (Future<Void> receiver : receivers) {
            receiver.get(30, TimeUnit.SECONDS);
        }
        assertEquals(1200, seen.size());
        assertEquals(0, broken.get());
        assertEquals(0, session.rescues());
    }

    private static byte[] filled(int number, int length) {
        byte[] message = new byte[length];
        Arrays.fill(message, (byte) number);
        ByteBuffer.wrap(message).putInt(number);
        return message;
    }

    @Test
    void sendWithTimeout_full_nothingIsSent() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        pipe.writer().send(new byte[2000]);
        pipe.writer().send(new byte[2000]);
        long start = System.nanoTime();
        TimeoutException full =
                assertThrows(TimeoutException.class, () -> pipe.writer().send(new byte[100], Duration.ofMillis(100)));
        assertTrue(full.getMessage().endsWith("no room within the timeout"), full.getMessage());
        assertTrue(millisSince(start) >= 100);
        assertThrows(TimeoutException.class, () -> pipe.writer().send(new byte[100_000], Duration.ofMillis(10)));
        assertEquals(2000, pipe.reader().receive().length);
        assertEquals(2000, pipe.reader().receive().length);
        assertFalse(pipe.reader().poll(Duration.ofMillis(50)));
        pipe.writer().send(new byte[7], Duration.ofMillis(10));
        assertEquals(7, pipe.reader().receive().length);
    }

    @Test
    void longMessage_senderGivesUp_isNeverSeen() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        assertThrows(TimeoutException.class, () -> pipe.writer().send(new byte[100_000], Duration.ofMillis(10)));
        // Its first parts are there, and one that comes now goes behind them.
        Future<byte[]> receiver = test.thread(() -> pipe.reader().receive(SOON));
        pipe.writer().send(new byte[5]);
        assertEquals(5, receiver.get().length);
        assertThrows(TimeoutException.class, () -> pipe.writer().send(new byte[100_000], Duration.ofMillis(10)));
        assertFalse(pipe.reader().poll(), "nobody will send the rest of it");
        assertThrows(TimeoutException.class, () -> pipe.writer().send(new byte[100_000], Duration.ofMillis(10)));
        pipe.writer().close();
        assertThrows(EOFException.class, () -> pipe.reader().receive());
    }

    @Test
    void longMessage_receiverGivesUp_nextOneGetsAll() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        byte[] large = random(3 << 20);
        Future<Void> sender = test.thread(() -> {
            pipe.writer().send(large);
            pipe.writer().send(new byte[3]);
            return null;
        });
        int interrupted = 0;
        byte[] got = null;
        for (int i = 0; got == null; i++) {
            CompletableFuture<byte[]> received = new CompletableFuture<>();
            Thread receiver = new Thread(() -> {
                try {
                    received.complete(pipe.reader().receive());
                } catch (IOException | InterruptedException e) {
                    received.completeExceptionally(e);
                }
            });
            receiver.start();
            if (i < 20) {
                Thread.sleep(0, 300_000);
                receiver.interrupt();
            }
            try {
                got = received.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertInstanceOf(InterruptedException.class, e.getCause());
                interrupted++;
            }
        }
        assertArrayEquals(large, got);
        assertEquals(3, pipe.reader().receive(SOON).length);
        assertFalse(pipe.reader().poll());
        assertTrue(interrupted > 0, "nobody gave up");
        sender.get();
    }

    @Test
    void longMessage_shortTimeouts_stillGetThrough() throws Exception {
        ProcessPipe<byte[]> pipe = ProcessPipe.oneWay(session, Codec.bytes(), new PipeOptions(4096));
        byte[] large = random(1 << 20);
        Future<Void> sender = test.thread(() -> {
            pipe.writer().send(large);
            return null;
        });
        Eventually.holds("it begins", () -> pipe.reader().poll());
        assertArrayEquals(large, pipe.reader().receive(Duration.ofNanos(1)));
        sender.get();
    }

    @Test // K13
    void end_sentThroughAPipe_worksThere() throws Exception {
        ProcessPipe<Object> carrier = ProcessPipe.oneWay(session);
        ProcessPipe<String> carried = ProcessPipe.duplex(session, Codec.strings());
        carrier.writer().send(carried.second());
        carried.second().close(); // the one on its way is the end's owner now
        assertFalse(carried.first().poll(Duration.ofMillis(400)));
        carried.first().send("early");
        @SuppressWarnings("unchecked") // what was sent
        PipeEnd<String> arrived = (PipeEnd<String>) carrier.reader().receive();
        assertNotSame(carried.second(), arrived);
        assertEquals("early", arrived.receive());
        arrived.send("back");
        assertEquals("back", carried.first().receive());
        arrived.close();
        assertThrows(EOFException.class, () -> carried.first().receive(SOON));
    }

    @Test
    void end_copiedMoreThanIsGood_isRefused() throws Exception {
        ProcessPipe<String> pipe = ProcessPipe.duplex(session, Codec.strings());
        for (int i = 0; i < 64; i++) {
            ObjectCodec.encode(pipe.second());
        }
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> ObjectCodec.encode(pipe.second()));
        assertTrue(refused.getMessage().startsWith("64 copies of this pipe's ends"), refused.getMessage());
        pipe.first().send("x");
        assertEquals("x", pipe.second().receive());
    }

    @Test
    void close_otherHandleOfTheEnd_keepsIt() throws Exception {
        ProcessPipe<String> pipe = ProcessPipe.duplex(session, Codec.strings());
        Object copy =
                ObjectCodec.decode(ObjectCodec.encode(pipe.second()), getClass().getClassLoader());
        pipe.second().close();
        pipe.first().send("x");
        @SuppressWarnings("unchecked") // what was encoded
        PipeEnd<String> other = (PipeEnd<String>) copy;
        assertEquals("x", other.receive());
        other.close();
        assertThrows(EOFException.class, () -> pipe.first().receive(SOON));
    }

    @Test
    void close_whileAnotherThreadReceives_endsItsCall() throws Exception {
        ProcessPipe<String> pipe = ProcessPipe.duplex(session, Codec.strings());
        Future<String> receiver = test.thread(() -> pipe.first().receive());
        Thread.sleep(50);
        pipe.first().close();
        ExecutionException failure = assertThrows(ExecutionException.class, () -> receiver.get(20, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, failure.getCause());
        assertTrue(failure.getCause().getMessage().contains("was closed by this process"));
    }

    @Test
    void receive_interrupted_takesNothing() throws Exception {
        ProcessPipe<String> pipe = ProcessPipe.duplex(session, Codec.strings());
        pipe.first().send("x");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> pipe.second().receive());
        assertEquals("x", pipe.second().receive());
    }

    @Test
    void end_lostToTheGarbageCollector_countsAsClosed() throws Exception {
        PipeEnd<String> kept = ProcessPipe.duplex(session, Codec.strings()).first();
        Eventually.holds("the other end goes", () -> {
            System.gc();
            return kept.poll();
        });
        assertThrows(EOFException.class, kept::receive);
    }

    @Test
    void pipes_closed_leaveNothing() throws Exception {
        long before = session.usage().objects();
        for (int i = 0; i < 300; i++) {
            try (ProcessPipe<String> pipe = ProcessPipe.duplex(session, Codec.strings())) {
                pipe.first().send("x");
            }
        }
        Eventually.holds("they are freed", () -> session.usage().objects() == before);
    }

    @Test
    void recording_messagesWaitsAndTheEndAreWrittenDown() throws Exception {
        try (Session recorded = Session.create(SessionOptions.standard().recording(true))) {
            ProcessPipe<String> pipe = ProcessPipe.oneWay(recorded, Codec.strings());
            pipe.writer().send("x");
            pipe.reader().receive();
            assertFalse(pipe.reader().poll(Duration.ofMillis(1)));
            pipe.writer().close();
            List<EventKind> kinds = recorded.timeline().events().stream()
                    .map(TimelineEvent::kind)
                    .filter(kind -> kind != EventKind.ATTACHED && kind != EventKind.PROCESSOR_TIME)
                    .toList();
            assertEquals(
                    List.of(
                            EventKind.MESSAGE_SENT,
                            EventKind.MESSAGE_RECEIVED,
                            EventKind.WAIT_BEGIN,
                            EventKind.WAIT_TIMED_OUT,
                            EventKind.CHANNEL_CLOSED),
                    kinds);
        }
    }

    @Test
    void options_badCapacity_isNamed() {
        for (int capacity : new int[] {0, -1, 1000, 2048, 5000, 1 << 29}) {
            IllegalArgumentException bad =
                    assertThrows(IllegalArgumentException.class, () -> new PipeOptions(capacity));
            assertTrue(bad.getMessage().endsWith("capacity=" + capacity), bad.getMessage());
        }
    }

    @Test // K17
    void awaitAny_timeouts() throws Exception {
        ProcessPipe<String> a = ProcessPipe.oneWay(session, Codec.strings());
        ProcessPipe<String> b = ProcessPipe.oneWay(session, Codec.strings());
        List<PipeEnd<String>> both = List.of(a.reader(), b.reader());
        long start = System.nanoTime();
        assertEquals(List.of(), Waitable.awaitAny(both, 820, TimeUnit.MILLISECONDS));
        assertTrue(millisSince(start) >= 820);
        start = System.nanoTime();
        assertEquals(List.of(), Waitable.awaitAny(both, -1, TimeUnit.SECONDS));
        assertEquals(List.of(), Waitable.awaitAny(both, Duration.ZERO));
        assertTrue(millisSince(start) < 1000);
        b.writer().send("x");
        assertEquals(List.of(b.reader()), Waitable.awaitAny(both, 5, TimeUnit.SECONDS));
        a.writer().close();
        assertEquals(both, Waitable.awaitAny(both));
        assertEquals("x", b.reader().receive());
        assertEquals(List.of(), Waitable.awaitAny(List.<PipeEnd<String>>of(), Duration.ofMillis(1)));
        assertThrows(IllegalArgumentException.class, () -> Waitable.awaitAny(List.<PipeEnd<String>>of()));
    }

    @Test
    void awaitAny_pipesEventsAndStagesOfTwoSessions_eachWakes() throws Exception {
        try (Session other = Session.create()) {
            ProcessPipe<String> here = ProcessPipe.oneWay(session, Codec.strings());
            ProcessPipe<String> there = ProcessPipe.oneWay(other, Codec.strings());
            ProcessEvent event = ProcessEvent.create(other);
            CompletableFuture<String> future = new CompletableFuture<>();
            Waitable stage = Waitable.of(future);
            List<Waitable> all = List.of(here.reader(), there.reader(), event, stage);
            List<Runnable> acts = List.of(
                    () -> send(here.writer()), () -> send(there.writer()), event::set, () -> future.complete("x"));
            for (int i = 0; i < all.size(); i++) {
                Future<List<Waitable>> waiter = test.thread(() -> Waitable.awaitAny(all, 20, TimeUnit.SECONDS));
                Thread.sleep(20);
                assertFalse(waiter.isDone());
                acts.get(i).run();
                List<Waitable> ready = waiter.get();
                assertEquals(1, ready.size());
                assertSame(all.get(i), ready.get(0));
                if (ready.get(0) instanceof PipeEnd<?> end) {
                    end.receive();
                }
                event.clear();
            }
            there.close();
            assertEquals(0, session.rescues());
            assertEquals(0, other.rescues());
            event.close();
        }
    }

    @Test
    void awaitAny_interruptedOrClosed_ends() throws Exception {
        ProcessPipe<String> pipe = ProcessPipe.oneWay(session, Codec.strings());
        ProcessEvent event = ProcessEvent.create(session);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Waitable.awaitAny(List.of(event)));
        Future<List<Waitable>> waiter = test.thread(() -> Waitable.awaitAny(List.of(event, pipe.reader())));
        Thread.sleep(30);
        pipe.reader().close();
        ExecutionException failure = assertThrows(ExecutionException.class, () -> waiter.get(20, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, failure.getCause());
    }

    private static void send(PipeEnd<String> end) {
        try {
            end.send("x");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}

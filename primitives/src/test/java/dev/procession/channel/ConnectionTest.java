package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.DecodingException;
import dev.procession.EncodingException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of connections in one JVM. */
@Timeout(60)
class ConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int MIB = 1024 * 1024;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closed(T resource) {
        opened.add(resource);
        return resource;
    }

    private record Pair(Connection client, Connection server) {}

    private Pair pair() throws Exception {
        return pair(closed(Listener.local()), ConnectionOptions.standard());
    }

    private Pair pair(Listener listener, ConnectionOptions options) throws Exception {
        Connection client = closed(Connection.connect(listener.address(), options));
        return new Pair(client, closed(listener.accept(LONG).orElseThrow()));
    }

    /** K01 */
    @Test
    void messages_ofAllKinds_comeBackEqual() throws Exception {
        for (Listener listener :
                List.of(closed(Listener.local()), closed(Listener.loopback(ConnectionOptions.standard())))) {
            Pair pair = pair(listener, ConnectionOptions.standard());
            for (Object message : new Object[] {Arrays.asList(1, 2.25, null), "text \u0456", 42, 1L << 40, true}) {
                pair.client().send(message);
                assertEquals(message, pair.server().receive());
                pair.server().send(message, LONG);
                assertEquals(message, pair.client().receive(LONG));
            }
            pair.client().send(null);
            assertNull(pair.server().receive());
            byte[] large = new byte[16 * MIB];
            new Random(1).nextBytes(large);
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> unchecked(() -> {
                pair.client().sendBytes(large);
                pair.client().send(large);
            }));
            assertArrayEquals(large, pair.server().receiveBytes(LONG));
            assertArrayEquals(large, (byte[]) pair.server().receive(LONG));
            sending.get();
        }
    }

    /** K02 */
    @Test
    void receiveBytes_intoAnArray_fillsItOrLosesNothing() throws Exception {
        Pair pair = pair();
        byte[] target = new byte[8];
        pair.client().sendBytes(new byte[] {1, 2, 3});
        assertEquals(3, pair.server().receiveBytes(target, 3));
        assertArrayEquals(new byte[] {0, 0, 0, 1, 2, 3, 0, 0}, target);
        byte[] message = {9, 8, 7, 6};
        pair.client().sendBytes(message);
        BufferTooShortException e =
                assertThrows(BufferTooShortException.class, () -> pair.server().receiveBytes(target, 5));
        assertArrayEquals(message, e.message());
        assertTrue(
                e.getMessage()
                        .endsWith(": a message of 4 bytes came for a buffer with room for 3; it is in this exception"),
                e.getMessage());
    }

    /** K03 */
    @Test
    void poll_waitsForAMessage() throws Exception {
        Pair pair = pair();
        long start = System.nanoTime();
        assertFalse(pair.server().poll());
        assertFalse(pair.server().poll(Duration.ofSeconds(-1)));
        assertMillis(0, 1000, start);
        start = System.nanoTime();
        assertFalse(pair.server().poll(Duration.ofMillis(820)));
        assertMillis(820, 8200, start);
        pair.client().send("here");
        start = System.nanoTime();
        assertTrue(pair.server().poll(Duration.ofSeconds(30)));
        assertMillis(0, 8200, start);
        assertTrue(pair.server().poll());
        assertEquals("here", pair.server().receive());
        assertThrows(TimeoutException.class, () -> pair.server().receive(Duration.ZERO));
        start = System.nanoTime();
        assertThrows(TimeoutException.class, () -> pair.server().receive(Duration.ofMillis(350)));
        assertMillis(350, 3500, start);
    }

    private static void assertMillis(long least, long most, long start) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis >= least && millis <= most, millis + " ms");
    }

    /** K04, K08 */
    @Test
    void receive_otherSideClosed_getsTheRestAndThenTheEnd() throws Exception {
        Pair pair = pair();
        pair.client().send("last");
        pair.client().close();
        assertTrue(pair.server().poll(LONG));
        assertEquals("last", pair.server().receive());
        assertTrue(pair.server().poll(LONG), "the end does not have to be waited for");
        EOFException end = assertThrows(EOFException.class, () -> pair.server().receive());
        assertTrue(end.getMessage().endsWith("has closed the connection, or ended"), end.getMessage());
        assertThrows(EOFException.class, () -> pair.server().receiveBytes(LONG));
        assertThrows(IOException.class, () -> {
            while (true) {
                pair.server().send("nobody reads this");
            }
        });
        IOException closed = assertThrows(IOException.class, () -> pair.client().receive());
        assertTrue(closed.getMessage().endsWith("is closed on this side"), closed.getMessage());
        assertThrows(IOException.class, () -> pair.client().send("x"));
        assertThrows(IOException.class, () -> pair.client().poll());
        assertFalse(pair.client().isOpen());
        pair.client().close();
    }

    /** The other side closes with something unread: the system says "reset" then. */
    @Test
    void receive_otherSideClosedUnread_isTheEnd() throws Exception {
        for (Listener listener :
                List.of(closed(Listener.local()), closed(Listener.loopback(ConnectionOptions.standard())))) {
            Pair pair = pair(listener, ConnectionOptions.standard());
            pair.client().send("unread");
            assertTrue(pair.server().poll(LONG));
            pair.client().send("unread, too");
            pair.server().close();
            assertThrows(EOFException.class, () -> pair.client().receive(LONG));
        }
    }

    /** K07, K09 */
    @Test
    void sendBytes_partOfAnArray_isOneMessage() throws Exception {
        Pair pair = pair();
        byte[] letters = "abcdefghijklmnopqrstuvwxyz".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        pair.client().sendBytes(letters, 5, 21);
        pair.client().sendBytes(letters, 7, 8);
        pair.client().sendBytes(letters, 26, 0);
        assertArrayEquals(Arrays.copyOfRange(letters, 5, 26), pair.server().receiveBytes());
        assertArrayEquals(Arrays.copyOfRange(letters, 7, 15), pair.server().receiveBytes());
        assertTrue(pair.server().poll(LONG));
        assertTrue(pair.server().poll());
        assertEquals(0, pair.server().receiveBytes().length);
        assertThrows(IndexOutOfBoundsException.class, () -> pair.client().sendBytes(letters, 27, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> pair.client().sendBytes(letters, 22, 5));
        assertThrows(IndexOutOfBoundsException.class, () -> pair.client().sendBytes(letters, -1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> pair.client().sendBytes(letters, 1, -1));
        pair.client().send("object");
        IOException e = assertThrows(IOException.class, () -> pair.server().receiveBytes());
        assertTrue(e.getMessage().endsWith("is an object: call receive()"), e.getMessage());
        assertEquals("object", pair.server().receive());
    }

    /** K10, K12 */
    @Test
    void messages_manySmallOnes_staySingleAndInOrder() throws Exception {
        Pair pair = pair();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> unchecked(() -> {
            for (int i = 0; i < 20_000; i++) {
                pair.client().send(i % 5 == 0 ? "" : "message " + i);
            }
        }));
        for (int i = 0; i < 20_000; i++) {
            assertEquals(i % 5 == 0 ? "" : "message " + i, pair.server().receive(LONG));
        }
        sending.get();
    }

    @Test
    void messages_fromAndToSeveralThreads_stayWhole() throws Exception {
        Pair pair = pair();
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int sender = 0; sender < 4; sender++) {
            byte[] message = new byte[100_000];
            Arrays.fill(message, (byte) sender);
            senders.add(CompletableFuture.runAsync(
                    () -> unchecked(() -> {
                        for (int i = 0; i < 100; i++) {
                            pair.client().sendBytes(message);
                        }
                    }),
                    ConnectionTest::inOwnThread));
        }
        List<CompletableFuture<Integer>> receivers = new ArrayList<>();
        for (int receiver = 0; receiver < 4; receiver++) {
            receivers.add(CompletableFuture.supplyAsync(
                    () -> {
                        int[] sum = new int[1];
                        unchecked(() -> {
                            for (int i = 0; i < 100; i++) {
                                byte[] message = pair.server().receiveBytes(LONG);
                                for (byte each : message) {
                                    assertEquals(message[0], each);
                                }
                                sum[0] += message[0];
                            }
                        });
                        return sum[0];
                    },
                    ConnectionTest::inOwnThread));
        }
        int sum = 0;
        for (CompletableFuture<Integer> receiver : receivers) {
            sum += receiver.get(30, TimeUnit.SECONDS);
        }
        assertEquals((1 + 2 + 3) * 100, sum);
        for (CompletableFuture<Void> sender : senders) {
            sender.get();
        }
    }

    /** All of them wait at the same time; the common pool may have one thread alone. */
    private static void inOwnThread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    /** An interrupt or a timeout in the midst of a frame loses nothing. K19 */
    @Test
    void receive_interruptedInAMessage_goesOnLater() throws Exception {
        Pair pair = pair();
        byte[] large = new byte[8 * MIB];
        new Random(2).nextBytes(large);
        CompletableFuture<Void> sending =
                CompletableFuture.runAsync(() -> unchecked(() -> pair.client().sendBytes(large)));
        byte[] received = null;
        for (int i = 0; i < 20 && received == null; i++) {
            Thread.currentThread().interrupt();
            try {
                received = pair.server().receiveBytes(LONG); // if it never had to wait, nothing has interrupted it
                Thread.interrupted();
            } catch (InterruptedException e) {
                // As it should be, and the part that came is kept.
            }
            try {
                received = received == null ? pair.server().receiveBytes(Duration.ofNanos(1)) : received;
            } catch (TimeoutException e) {
                // The same.
            }
        }
        assertArrayEquals(large, received == null ? pair.server().receiveBytes(LONG) : received);
        sending.get();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> pair.server().receive());
        pair.client().send("still good");
        assertEquals("still good", pair.server().receive(LONG));
    }

    @Test
    void send_otherSideDoesNotRead_endsInTimeAndClosesIfHalfSent() throws Exception {
        Pair pair = pair();
        long start = System.nanoTime();
        TimeoutException e = assertThrows(
                TimeoutException.class, () -> pair.client().sendBytes(new byte[8 * MIB], Duration.ofMillis(350)));
        assertMillis(350, 3500, start);
        assertTrue(e.getMessage().endsWith("did not take a message of 8388608 bytes in time"), e.getMessage());
        assertFalse(pair.client().isOpen(), "half a message cannot be taken back");
        EOFException half = assertThrows(EOFException.class, () -> pair.server().receive(LONG));
        assertTrue(half.getMessage().endsWith("in the midst of a message"), half.getMessage());
    }

    @Test
    void close_otherThreadWaits_endsItsWait() throws Exception {
        Pair pair = pair();
        CompletableFuture<Throwable> waiting = CompletableFuture.supplyAsync(
                () -> assertThrows(IOException.class, () -> pair.server().receive()));
        Thread.sleep(20);
        pair.server().close();
        assertTrue(waiting.get(10, TimeUnit.SECONDS).getMessage().endsWith("is closed on this side"));
    }

    @Test
    void send_notSerializable_isRefusedAtOnce() throws Exception {
        Pair pair = pair();
        EncodingException e =
                assertThrows(EncodingException.class, () -> pair.client().send(List.of("x", new Object())));
        assertTrue(e.getMessage().contains("java.lang.Object"), e.getMessage());
        pair.client().send("next");
        assertEquals("next", pair.server().receive(LONG));
    }

    @Test
    void messages_tooLong_areRefusedByBothSides() throws Exception {
        ConnectionOptions small = ConnectionOptions.standard().maxMessage(1000);
        Listener listener = closed(Listener.local(small));
        Pair pair = pair(listener, small);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> pair.client().sendBytes(new byte[1001]));
        assertEquals("a message of 1001 bytes is longer than maxMessage=1000: raise it on both sides", e.getMessage());
        pair.client().sendBytes(new byte[1000]);
        assertEquals(1000, pair.server().receiveBytes(LONG).length);
        Pair generous = pair(listener, ConnectionOptions.standard());
        generous.client().sendBytes(new byte[1001]);
        IOException refused =
                assertThrows(IOException.class, () -> generous.server().receiveBytes(LONG));
        assertTrue(refused.getMessage().contains("of 1001 bytes and kind 2, maxMessage=1000"), refused.getMessage());
        assertFalse(generous.server().isOpen());
        assertThrows(EOFException.class, () -> generous.client().receive(LONG));
    }

    /** A type that says when something of it runs. */
    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;
        static volatile boolean ran;

        private void readObject(java.io.ObjectInputStream in) {
            ran = true;
        }
    }

    @Test
    void receive_classNotAllowed_isRefusedBeforeItIsMade() throws Exception {
        Listener listener = closed(Listener.loopback(ConnectionOptions.standard()));
        Pair pair = pair(listener, ConnectionOptions.standard());
        Gadget.ran = false;
        pair.client().send(List.of(new Gadget()));
        DecodingException e =
                assertThrows(DecodingException.class, () -> pair.server().receive(LONG));
        assertTrue(e.getMessage().contains("was refused") && e.getMessage().contains("allow()"), e.getMessage());
        assertFalse(Gadget.ran);
        Object deep = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        pair.client().send(deep);
        assertThrows(DecodingException.class, () -> pair.server().receive(LONG));
        pair.client().send(new ArrayList<>(List.of(1, 2)));
        assertEquals(List.of(1, 2), pair.server().receive(LONG), "the connection goes on");

        Listener allowing =
                closed(Listener.loopback(ConnectionOptions.standard().allow(Gadget.class)));
        Pair allowed = pair(allowing, ConnectionOptions.standard());
        allowed.client().send(new Gadget());
        assertEquals(Gadget.class, allowed.server().receive(LONG).getClass());
        assertTrue(Gadget.ran);
    }

    @Test
    void allow_patterns_areThePackagesTheySay() throws Exception {
        String own = getClass().getPackageName();
        for (String pattern : List.of(own + ".*", own + ".**", "dev.procession.**")) {
            Listener listener =
                    closed(Listener.loopback(ConnectionOptions.standard().allow(pattern)));
            Pair pair = pair(listener, ConnectionOptions.standard());
            pair.client().send(new Gadget());
            pair.server().receive(LONG);
        }
        Listener listener = closed(
                Listener.loopback(ConnectionOptions.standard().allow("dev.procession.*", "dev.procession.chan")));
        Pair pair = pair(listener, ConnectionOptions.standard());
        pair.client().send(new Gadget());
        assertThrows(DecodingException.class, () -> pair.server().receive(LONG));
        assertThrows(
                IllegalArgumentException.class,
                () -> ConnectionOptions.standard().allow("!*"));
    }

    /** M13, M14 */
    @Test
    void keys_differ_bothSidesSaySo() throws Exception {
        AuthKey key = AuthKey.random();
        Listener listener = closed(Listener.local(ConnectionOptions.standard().key(key)));
        AuthenticationException e = assertThrows(
                AuthenticationException.class,
                () -> Connection.connect(
                        listener.address(), ConnectionOptions.standard().key(AuthKey.random())));
        assertTrue(e.getMessage().endsWith("has another key than we: both sides need the same one"), e.getMessage());
        while (listener.refusals() < 1) {
            Thread.onSpinWait();
        }
        assertTrue(listener.lastRefusal().orElseThrow() instanceof AuthenticationException);
        assertThrows(AuthenticationException.class, () -> Connection.connect(listener.address()));
        pair(listener, ConnectionOptions.standard().key(key));
        Listener empty = closed(Listener.local(ConnectionOptions.standard().key(AuthKey.of(new byte[0]))));
        pair(empty, ConnectionOptions.standard().key(AuthKey.of(new byte[0])));
        assertThrows(AuthenticationException.class, () -> Connection.connect(empty.address()));
        assertEquals(0, listener.accept(Duration.ZERO).stream().count());
    }

    @Test
    void key_serialized_isRefusedAndTellsNothing() {
        AuthKey key = AuthKey.of(new byte[] {65, 66, 67});
        NotSerializableException e = assertThrows(
                NotSerializableException.class,
                () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(key));
        assertTrue(e.getMessage().contains("the body of a child that is being started"), e.getMessage());
        assertEquals("AuthKey", key.toString());
    }

    /** K15 */
    @Test
    void listener_rules(@TempDir Path directory) throws Exception {
        SocketAddress path = UnixDomainSocketAddress.of(directory.resolve("s"));
        Listener listener = closed(Listener.open(path, ConnectionOptions.standard()));
        IOException taken = assertThrows(IOException.class, () -> Listener.open(path, ConnectionOptions.standard()));
        assertTrue(taken.getMessage().startsWith("cannot listen at " + path), taken.getMessage());
        Listener tcp = closed(Listener.loopback(ConnectionOptions.standard()));
        assertThrows(IOException.class, () -> Listener.open(tcp.address(), ConnectionOptions.standard()));
        for (Listener each : List.of(listener, tcp)) {
            try (Connection early = Connection.connect(each.address())) {
                early.send("hello");
            }
            try (Connection accepted = each.accept(LONG).orElseThrow()) {
                assertTrue(accepted.poll(Duration.ofSeconds(1)));
                assertEquals("hello", accepted.receive());
                assertThrows(EOFException.class, accepted::receive);
            }
            assertEquals(0, each.connections());
            long start = System.nanoTime();
            assertTrue(each.accept(Duration.ofMillis(350)).isEmpty());
            assertMillis(350, 3500, start);
            CompletableFuture<IOException> waiting =
                    CompletableFuture.supplyAsync(() -> assertThrows(IOException.class, each::accept));
            each.close();
            each.close();
            assertTrue(waiting.get(10, TimeUnit.SECONDS).getMessage().endsWith("is closed: open another one"));
            assertThrows(IOException.class, () -> each.accept(Duration.ZERO));
            IOException nobody = assertThrows(IOException.class, () -> Connection.connect(each.address()));
            assertTrue(nobody.getMessage().startsWith("nobody listens at " + each.address()), nobody.getMessage());
            closed(Listener.open(each.address(), ConnectionOptions.standard())); // M10: at once
        }
    }

    /** K21 */
    @Test
    void addresses_wrongOrOpenToOthers_areRefused() {
        SocketAddress foreign = new SocketAddress() {
            @Override
            public String toString() {
                return "carrier pigeon";
            }
        };
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Listener.open(foreign, ConnectionOptions.standard()));
        assertTrue(e.getMessage().endsWith("address=carrier pigeon"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Connection.connect(foreign));
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        IllegalArgumentException open = assertThrows(
                IllegalArgumentException.class, () -> Listener.open(everywhere, ConnectionOptions.standard()));
        assertTrue(
                open.getMessage().contains("sslContext()") && open.getMessage().contains("allowPlainText()"));
        assertThrows(
                IOException.class,
                () -> Connection.connect(InetSocketAddress.createUnresolved("no.such.host.invalid", 1)));
    }

    @Test
    void allowPlainText_opensToOthers() throws Exception {
        ConnectionOptions options = ConnectionOptions.standard().allowPlainText();
        Listener listener = closed(Listener.open(new InetSocketAddress("0.0.0.0", 0), options));
        int port = ((InetSocketAddress) listener.address()).getPort();
        Connection client =
                closed(Connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), options));
        client.send("hello");
        assertEquals("hello", closed(listener.accept()).receive(LONG));
    }

    private interface Body {
        void run() throws Exception;
    }

    private static void unchecked(Body body) {
        try {
            body.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

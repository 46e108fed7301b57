package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strangers at a listener: they are cut off, nothing of what they send is looked at, and the others go on. */
@Timeout(60)
class HostileClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int HELLO = 37;

    private final List<Socket> strangers = new ArrayList<>();
    private Listener listener;

    @BeforeEach
    void open() throws Exception {
        listener = Listener.loopback(ConnectionOptions.standard()
                .handshakeTimeout(Duration.ofSeconds(2))
                .maxPending(32));
    }

    @AfterEach
    void close() throws Exception {
        for (Socket stranger : strangers) {
            stranger.close();
        }
        listener.close();
    }

    private Socket stranger() throws IOException {
        InetSocketAddress address = (InetSocketAddress) listener.address();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        strangers.add(socket);
        return socket;
    }

    private void othersGoOn() throws Exception {
        try (Connection client = Connection.connect(listener.address());
                Connection server = listener.accept(LONG).orElseThrow()) {
            client.send("still there");
            assertEquals("still there", server.receive(LONG));
        }
        assertTrue(listener.accept(Duration.ZERO).isEmpty(), "a stranger was let in");
        assertEquals(0, listener.connections());
    }

    private static void assertCutOff(Socket socket) throws IOException {
        try {
            assertEquals(-1, skipToEnd(socket));
        } catch (SocketException e) {
            // Reset: cut off as well.
        }
    }

    private static int skipToEnd(Socket socket) throws IOException {
        int last = 0;
        while (last >= 0) {
            last = socket.getInputStream().read();
        }
        return last;
    }

    @Test
    void garbage_isCutOff() throws Exception {
        Random random = new Random(3);
        for (int length : new int[] {5, 69, 1000, 300_000}) {
            Socket socket = stranger();
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            try {
                socket.getOutputStream().write(bytes);
            } catch (SocketException e) {
                // It was cut off meanwhile.
            }
            assertCutOff(socket);
        }
        Socket http = stranger();
        http.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertCutOff(http);
        String why = listener.lastRefusal().orElseThrow().getMessage();
        assertTrue(why.contains("does not speak this protocol"), why);
        othersGoOn();
    }

    /** The size of a frame of two gigabytes, and an object: before the key is shown, neither is read as such. */
    @Test
    void unauthenticatedFrames_areNotLookedAt() throws Exception {
        ConnectionTest.Gadget.ran = false;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ConnectionTest.Gadget());
        }
        byte[] object = bytes.toByteArray();
        byte[] frame = ByteBuffer.allocate(5 + object.length)
                .putInt(object.length)
                .put((byte) 1)
                .put(object)
                .array();
        Socket gadget = stranger();
        gadget.getOutputStream().write(frame);
        assertCutOff(gadget);
        Socket huge = stranger();
        huge.getOutputStream()
                .write(ByteBuffer.allocate(5)
                        .putInt(Integer.MAX_VALUE)
                        .put((byte) 1)
                        .array());
        assertCutOff(huge);
        assertFalse(ConnectionTest.Gadget.ran);
        othersGoOn();
    }

    /** What comes from somebody with the key is limited all the same. */
    @Test
    void authenticatedFrame_ofTwoGigabytes_isRefusedWithoutMemory() throws Exception {
        Socket socket = stranger();
        authenticate(socket);
        try (Connection server = listener.accept(LONG).orElseThrow()) {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(5)
                            .putInt(0x7FFF_FFFF)
                            .put((byte) 2)
                            .array());
            IOException e =
                    org.junit.jupiter.api.Assertions.assertThrows(IOException.class, () -> server.receive(LONG));
            assertTrue(e.getMessage().contains("a message of 2147483647 bytes"), e.getMessage());
        }
        Socket half = stranger();
        authenticate(half);
        try (Connection server = listener.accept(LONG).orElseThrow()) {
            half.getOutputStream()
                    .write(ByteBuffer.allocate(105)
                            .putInt(60 << 20)
                            .put((byte) 2)
                            .array());
            half.close();
            org.junit.jupiter.api.Assertions.assertThrows(EOFException.class, () -> server.receive(LONG));
        }
        othersGoOn();
    }

    private static void authenticate(Socket socket) throws IOException {
        byte[] hello = socket.getInputStream().readNBytes(HELLO);
        byte[] theirs = Arrays.copyOfRange(hello, 5, HELLO);
        byte[] ours = new byte[32];
        byte[] proof = AuthKey.ofThisTree()
                .mac("procession 1 client".getBytes(java.nio.charset.StandardCharsets.US_ASCII), theirs, ours);
        socket.getOutputStream().write(hello, 0, 5);
        socket.getOutputStream().write(ours);
        socket.getOutputStream().write(proof);
        assertEquals(1, socket.getInputStream().read());
        assertArrayEquals(
                AuthKey.ofThisTree()
                        .mac(
                                "procession 1 listener".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                                theirs,
                                ours),
                socket.getInputStream().readNBytes(32));
        socket.getOutputStream().write(1);
    }

    /** A challenge that is thrown back at another connection of the listener gets no proof that is of use. */
    @Test
    void reflectedChallenge_isRefused() throws Exception {
        Socket first = stranger();
        byte[] hello = first.getInputStream().readNBytes(HELLO);
        Socket second = stranger();
        second.getInputStream().readNBytes(HELLO);
        // The listener shows no proof before it has seen one, so the first one's challenge leads to nothing.
        second.getOutputStream().write(hello);
        second.getOutputStream().write(new byte[32]);
        assertEquals(Handshake.WRONG_KEY, second.getInputStream().read());
        assertCutOff(second);
        // The proof of the other role is not the proof of this one.
        byte[] theirs = Arrays.copyOfRange(hello, 5, HELLO);
        first.getOutputStream().write(hello);
        first.getOutputStream()
                .write(AuthKey.ofThisTree()
                        .mac(
                                "procession 1 listener".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                                theirs,
                                theirs));
        assertEquals(Handshake.WRONG_KEY, first.getInputStream().read());
        othersGoOn();
    }

    @Test
    void slowWriter_isCutOffAtTheDeadline() throws Exception {
        Socket socket = stranger();
        byte[] hello = socket.getInputStream().readNBytes(HELLO);
        long start = System.nanoTime();
        try {
            for (byte each : hello) {
                socket.getOutputStream().write(each);
                othersGoOn();
                Thread.sleep(100);
            }
        } catch (SocketException e) {
            // Cut off.
        }
        assertCutOff(socket);
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis >= 1900 && millis < 20_000, millis + " ms");
        othersGoOn();
    }

    @Test
    void silentConnections_aThousand_keepNobodyAway() throws Exception {
        for (int i = 0; i < 1000; i++) {
            stranger();
            if (i % 100 == 0) {
                othersGoOn();
            }
        }
        othersGoOn();
        for (Socket stranger : strangers) {
            assertCutOff(stranger);
        }
        assertTrue(listener.refusals() >= 1000, () -> "refusals: " + listener.refusals());
    }

    @Test
    void connections_tooMany_areToldSo() throws Exception {
        try (Listener narrow = Listener.local(ConnectionOptions.standard().maxConnections(2));
                Connection one = Connection.connect(narrow.address());
                Connection two = Connection.connect(narrow.address())) {
            IOException e = org.junit.jupiter.api.Assertions.assertThrows(
                    IOException.class, () -> Connection.connect(narrow.address()));
            assertTrue(
                    e.getMessage().endsWith("has as many connections as it allows: try again later"), e.getMessage());
            narrow.accept(LONG).orElseThrow().close();
            Connection.connect(narrow.address()).close();
            assertTrue(one.isOpen() && two.isOpen());
        }
    }
}

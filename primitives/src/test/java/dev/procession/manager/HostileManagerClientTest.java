package dev.procession.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.channel.AuthKey;
import dev.procession.channel.AuthenticationException;
import dev.procession.channel.Connection;
import dev.procession.channel.ConnectionOptions;
import dev.procession.internal.wire.ObjectCodec;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strangers and clients that mean ill, at a manager over TCP: refused or cut off, and the manager goes on. */
@Timeout(60)
class HostileManagerClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AuthKey key = AuthKey.random();
    private ProcessManager served;
    private ProcessManager good;

    @BeforeEach
    void serve() throws Exception {
        served = ProcessManager.serve(ManagerOptions.standard()
                .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .connection(ConnectionOptions.standard()
                        .maxPending(32)
                        .maxMessage(1 << 20)
                        .handshakeTimeout(Duration.ofSeconds(2)))
                .key(key));
        good = ProcessManager.connect(
                served.address(), ManagerOptions.standard().key(key));
    }

    @AfterEach
    void goesOn() {
        good.map("m").put("still", "there");
        assertEquals("there", good.map("m").get("still"));
        good.close();
        served.close();
    }

    private ConnectionOptions keyed() {
        return ConnectionOptions.standard().key(key).maxMessage(64 << 20);
    }

    /** A connection of somebody who has the key, after the first message of a client. */
    private Connection client() throws Exception {
        Connection connection = Connection.connect(served.address(), keyed());
        byte[] name = "hostile".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        connection.sendBytes(ByteBuffer.allocate(100)
                .put(Frame.HELLO)
                .putLong(new Random().nextLong())
                .putLong(1)
                .putInt(name.length)
                .put(name)
                .put((byte) 1)
                .array());
        assertEquals(Frame.VALUE, connection.receiveBytes(LONG)[0]);
        return connection;
    }

    private static byte[] call(long object, String method, byte[]... arguments) {
        byte[] key = method.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int length = 0;
        for (byte[] argument : arguments) {
            length += argument.length;
        }
        ByteBuffer call = ByteBuffer.allocate(25 + key.length + length)
                .put(Frame.CALL)
                .putLong(object)
                .putLong(1)
                .putInt(key.length)
                .put(key)
                .putInt(arguments.length);
        for (byte[] argument : arguments) {
            call.put(argument);
        }
        return call.array();
    }

    @Test
    void wrongKeyOrNone_isRefused() {
        assertThrows(
                AuthenticationException.class,
                () -> ProcessManager.connect(
                        served.address(), ManagerOptions.standard().key(AuthKey.random())));
        assertThrows(
                AuthenticationException.class,
                () -> ProcessManager.connect(served.address(), ManagerOptions.standard()));
    }

    @Test
    void garbageAfterTheKey_isCutOff() throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[random.nextInt(2000)];
            random.nextBytes(garbage);
            try (Connection connection = i % 2 == 0 ? client() : Connection.connect(served.address(), keyed())) {
                connection.sendBytes(garbage);
                try {
                    while (true) {
                        byte[] answer = connection.receiveBytes(Duration.ofMillis(50));
                        assertEquals(Frame.THROWN, answer[0]);
                    }
                } catch (EOFException | java.util.concurrent.TimeoutException e) {
                    // Cut off, or not answered.
                }
            }
        }
    }

    /** A type that says when something of it runs. */
    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;
        static volatile boolean ran;

        private void readObject(ObjectInputStream in) {
            ran = true;
        }
    }

    private static byte[] object(byte[] serialized) {
        return ByteBuffer.allocate(6 + serialized.length)
                .put(Frame.OBJECT)
                .putInt(1 + serialized.length)
                .put((byte) 32) // the first byte of what Java serialization wrote
                .put(serialized)
                .array();
    }

    @Test
    void gadget_isNotInstantiated() throws Exception {
        Gadget.ran = false;
        try (Connection connection = client()) {
            connection.sendBytes(call(0, "forget(java.lang.String;", object(ObjectCodec.encode(new Gadget()))));
            byte[] answer = connection.receiveBytes(LONG);
            assertEquals(Frame.THROWN, answer[0]);
            String text = new String(answer, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertTrue(text.contains("DecodingException") && text.contains("REJECTED"), text);
        }
        assertFalse(Gadget.ran);
        // By the front door, too.
        assertThrows(dev.procession.DecodingException.class, () -> good.map("m").put("gadget", new Gadget()));
        assertFalse(Gadget.ran);
    }

    @Test
    void deepOrHugeValues_areRefused() throws Exception {
        try (Connection connection = client()) {
            ByteBuffer deep = ByteBuffer.allocate(5 * 10_000 + 5);
            for (int i = 0; i < 10_000; i++) {
                deep.put(Frame.LIST).putInt(1);
            }
            connection.sendBytes(call(0, "forget(java.lang.String;", deep.array()));
            assertEquals(Frame.THROWN, connection.receiveBytes(LONG)[0]);
            byte[] many = ByteBuffer.allocate(5)
                    .put(Frame.LIST)
                    .putInt(Integer.MAX_VALUE)
                    .array();
            connection.sendBytes(call(0, "forget(java.lang.String;", many));
            assertEquals(Frame.THROWN, connection.receiveBytes(LONG)[0]);
            Object nested = new ArrayList<>();
            for (int i = 0; i < 200; i++) { // a JDK 25 cannot write 500 on this thread
                nested = new ArrayList<>(List.of(nested));
            }
            connection.sendBytes(call(0, "forget(java.lang.String;", object(ObjectCodec.encode(nested))));
            assertEquals(Frame.THROWN, connection.receiveBytes(LONG)[0]);
            assertThrows(IOException.class, () -> {
                connection.sendBytes(new byte[(1 << 20) + 1]); // cut off in the midst of it, or after it
                connection.receiveBytes(LONG);
            });
        }
    }

    /** M07: what is not exposed cannot be called, whatever it is called. */
    @Test
    void methodsThatAreNotExposed_cannotBeCalled() throws Exception {
        try (Connection connection = client()) {
            for (String method : List.of("getClass(", "close(", "hashCode(", "nothing(", "")) {
                connection.sendBytes(call(0, method));
                byte[] answer = connection.receiveBytes(LONG);
                assertEquals(Frame.THROWN, answer[0], method);
                String text = new String(answer, java.nio.charset.StandardCharsets.ISO_8859_1);
                assertTrue(text.contains("has no method " + method), text);
            }
            connection.sendBytes(call(123_456, "size("));
            assertEquals(Frame.THROWN, connection.receiveBytes(LONG)[0]);
            connection.sendBytes(call(0, "names(", object(ObjectCodec.encode("too many"))));
            assertEquals(Frame.THROWN, connection.receiveBytes(LONG)[0]);
        }
    }

    /** A client that sends half a message, or does not read what it asked for, hurts itself only. */
    @Test
    void slowClients_keepNobodyBusy() throws Exception {
        good.map("m").put("large", new byte[500_000]);
        try (Connection connection = client()) {
            for (int i = 0; i < 10; i++) {
                connection.sendBytes(call(0, "dump("));
            }
            for (int i = 0; i < 100; i++) {
                good.map("m").put("k" + i, i);
            }
        }
    }

    @Test
    void silentConnections_aThousand_keepNobodyAway() throws Exception {
        List<Socket> silent = new ArrayList<>();
        InetSocketAddress address = (InetSocketAddress) served.address();
        try {
            for (int i = 0; i < 1000; i++) {
                silent.add(new Socket(address.getAddress(), address.getPort()));
                if (i % 200 == 0) {
                    try (ProcessManager late = ProcessManager.connect(
                            address, ManagerOptions.standard().key(key))) {
                        late.map("m").put("late", i);
                    }
                }
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
        assertEquals(800, good.map("m").get("late"));
    }

    @Test
    void session_ofSomebodyElse_cannotBeJoinedWithoutItsNumber() throws Exception {
        try (Connection connection = Connection.connect(served.address(), keyed())) {
            byte[] hello = ByteBuffer.allocate(22)
                    .put(Frame.HELLO)
                    .putLong(77)
                    .putLong(1)
                    .putInt(0)
                    .put((byte) 0)
                    .array();
            connection.sendBytes(hello);
            assertEquals(Frame.THROWN, connection.receiveBytes(LONG)[0]);
            assertThrows(IOException.class, () -> connection.receiveBytes(LONG));
        }
    }
}

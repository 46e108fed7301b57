package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.memory.SessionBase;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.testing.BriefChildren;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections with children. */
@Timeout(120)
class ListenerIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<ChildProcess> children = new ArrayList<>();

    @AfterEach
    void endChildren() throws Exception {
        for (ChildProcess child : children) {
            child.kill();
            assertTrue(child.join(LONG));
        }
    }

    private ChildProcess start(ChildTask task) {
        ChildProcess child = ChildProcess.of(BriefChildren.options().build(), task);
        child.start();
        children.add(child);
        return child;
    }

    /** K15 of each family, K16's contents, and keys that are the tree's or a field. */
    @Test
    void children_connect_andAreHeardInOrder() throws Exception {
        AuthKey key = AuthKey.random();
        try (Listener local = Listener.local();
                Listener tcp = Listener.loopback(ConnectionOptions.standard().key(key))) {
            SocketAddress localAddress = local.address();
            SocketAddress tcpAddress = tcp.address();
            for (int child = 0; child < 2; child++) {
                start(() -> {
                    try (Connection up = Connection.connect(localAddress)) {
                        talk(up);
                    }
                });
            }
            start(() -> {
                try (Connection up = Connection.connect(
                        tcpAddress, ConnectionOptions.standard().key(key))) {
                    talk(up);
                }
            });
            for (Listener listener : List.of(local, local, tcp)) {
                try (Connection down = listener.accept(LONG).orElseThrow()) {
                    long pid = (Long) assertNotNull2(down.receive(LONG));
                    assertTrue(children.stream().anyMatch(child -> child.pid() == pid));
                    for (int i = 0; i < 10; i++) {
                        assertEquals(List.of(i, pid), down.receive(LONG));
                    }
                    down.send("enough", LONG);
                    assertThrows(EOFException.class, () -> down.receive(LONG));
                }
            }
            for (ChildProcess child : children) {
                assertTrue(child.join(LONG));
                assertEquals(0, child.exitCode().orElseThrow());
            }
        }
    }

    private static Object assertNotNull2(Object value) {
        assertNotNull(value);
        return value;
    }

    private static void talk(Connection up) throws IOException, InterruptedException {
        long pid = ProcessHandle.current().pid();
        up.send(pid);
        for (int i = 0; i < 10; i++) {
            up.send(List.of(i, pid));
        }
        assertEquals("enough", up.receive());
    }

    /** K04 by death. */
    @Test
    void receive_otherSideKilled_isTheEnd() throws Exception {
        try (Listener listener = Listener.local()) {
            SocketAddress address = listener.address();
            ChildProcess child = start(() -> {
                try (Connection up = Connection.connect(address)) {
                    up.send("before");
                    up.receive();
                }
            });
            try (Connection down = listener.accept(LONG).orElseThrow()) {
                assertTrue(down.poll(LONG));
                child.kill();
                assertEquals("before", down.receive(LONG));
                long start = System.nanoTime();
                assertThrows(EOFException.class, () -> down.receive(LONG));
                assertTrue(System.nanoTime() - start < 10_000_000_000L);
            }
        }
    }

    @Test
    void socketOfAKilledListener_isRemovedByTheNext() throws Exception {
        Path base = SessionBase.choose().path();
        Path said = Files.createTempFile("procession", ".txt");
        String file = said.toString();
        ChildProcess child = start(() -> {
            Listener listener = Listener.local();
            Files.writeString(Path.of(file), listener.address().toString());
            Thread.sleep(60_000);
        });
        long deadline = System.nanoTime() + LONG.toNanos();
        while (Files.size(said) == 0) {
            assertTrue(System.nanoTime() < deadline && child.isAlive());
            Thread.sleep(5);
        }
        Path socket = Path.of(Files.readString(said));
        Files.delete(said);
        assertEquals(base, socket.getParent());
        assertTrue(Files.exists(socket));
        Files.setLastModifiedTime(socket, FileTime.from(Instant.now().minusSeconds(3600)));
        try (Listener other = Listener.local()) {
            assertTrue(Files.exists(socket), "its listener lives");
        }
        child.kill();
        assertTrue(child.join(LONG));
        try (Listener other = Listener.local()) {
            assertFalse(Files.exists(socket));
            assertTrue(Files.exists(((UnixDomainSocketAddress) other.address()).getPath()));
        }
    }

    /** Enciphered, at an address that others reach, where there is one. */
    @Test
    void tls_bothSides_speak(@TempDir Path directory) throws Exception {
        SSLContext ours = context(directory, "ours");
        SSLContext theirs = context(directory, "theirs");
        InetAddress host = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .findFirst()
                .orElse(InetAddress.getLoopbackAddress());
        ConnectionOptions options =
                ConnectionOptions.standard().sslContext(ours).handshakeTimeout(LONG);
        try (Listener listener = Listener.open(new InetSocketAddress(host, 0), options);
                Connection client = Connection.connect(listener.address(), options);
                Connection server = listener.accept(LONG).orElseThrow()) {
            byte[] large = new byte[3_000_000];
            large[2_999_999] = 7;
            Thread sender = new Thread(() -> {
                try {
                    client.send("hello");
                    client.sendBytes(large);
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();
            assertEquals("hello", server.receive(LONG));
            assertEquals(7, server.receiveBytes(LONG)[2_999_999]);
            sender.join();
            for (int i = 0; i < 1000; i++) {
                server.send(i);
                assertEquals(i, client.receive(LONG));
            }
            assertFalse(client.poll(Duration.ofMillis(10)));
            // The key is right, and the certificate is not one that is trusted.
            assertThrows(IOException.class, () -> Connection.connect(listener.address(), options.sslContext(theirs)));
            assertThrows(
                    AuthenticationException.class,
                    () -> Connection.connect(listener.address(), options.key(AuthKey.random())));
            if (host.isLoopbackAddress()) {
                return;
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Connection.connect(listener.address(), ConnectionOptions.standard()));
            assertThrows(
                    IOException.class,
                    () -> Connection.connect(
                            listener.address(),
                            ConnectionOptions.standard().allowPlainText().handshakeTimeout(Duration.ofSeconds(2))));
            client.close();
            assertThrows(EOFException.class, () -> server.receive(LONG));
        }
    }

    private static final Map<String, SSLContext> CONTEXTS = new HashMap<>();

    /** A certificate that is its own authority, by the JDK's own tool. */
    private static SSLContext context(Path directory, String name) throws Exception {
        SSLContext known = CONTEXTS.get(name);
        if (known != null) {
            return known;
        }
        Path store = directory.resolve(name + ".p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "secret")
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, tool.waitFor(), said);
        char[] password = "secret".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(name, keys.getCertificate(name));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        CONTEXTS.put(name, context);
        return context;
    }
}

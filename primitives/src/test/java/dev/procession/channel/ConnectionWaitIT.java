package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.Waitable;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.testing.BriefChildren;
import java.io.EOFException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections and listeners that are waited for with others. */
@Timeout(120)
class ConnectionWaitIT {
    private static final int SENDERS = 4;
    private static final int MESSAGES = 10;

    private static void send(SocketAddress address, int sender, boolean slow) throws Exception {
        Random random = new Random(sender);
        try (Connection up = Connection.connect(address)) {
            for (int i = 0; i < MESSAGES; i++) {
                if (slow) {
                    Thread.sleep(random.nextInt(100));
                }
                up.send(List.of(sender, i));
            }
        }
    }

    /** Until the end of all of them: K16. */
    private static Map<Integer, Integer> receiveAll(List<Connection> connections) throws Exception {
        List<Connection> open = new ArrayList<>(connections);
        Map<Integer, Integer> next = new HashMap<>();
        while (!open.isEmpty()) {
            for (Connection ready : Waitable.awaitAny(open, 30, TimeUnit.SECONDS)) {
                try {
                    List<?> message = (List<?>) ready.receive(Duration.ZERO);
                    assertEquals(next.getOrDefault((Integer) message.get(0), 0), message.get(1));
                    next.merge((Integer) message.get(0), 1, Integer::sum);
                } catch (EOFException e) {
                    open.remove(ready);
                    ready.close();
                }
            }
        }
        return next;
    }

    private static List<Connection> accepted(Listener listener) throws Exception {
        List<Connection> connections = new ArrayList<>();
        while (connections.size() < SENDERS) {
            assertEquals(List.of(listener), Waitable.awaitAny(List.of(listener), 30, TimeUnit.SECONDS));
            connections.add(listener.accept(Duration.ZERO).orElseThrow());
        }
        return connections;
    }

    @Test
    @Tag("K16")
    void awaitAny_childrenOverSockets_everyMessageUntilTheEndOfAll() throws Exception {
        for (Listener each : List.of(Listener.local(), Listener.loopback(ConnectionOptions.standard()))) {
            try (Listener listener = each) {
                SocketAddress address = listener.address();
                List<ChildProcess> children = new ArrayList<>();
                for (int i = 0; i < SENDERS; i++) {
                    int sender = i;
                    ChildTask body = () -> send(address, sender, sender % 2 == 0);
                    ChildProcess child = ChildProcess.of(BriefChildren.options().build(), body);
                    child.start();
                    children.add(child);
                }
                assertEquals(
                        Map.of(0, MESSAGES, 1, MESSAGES, 2, MESSAGES, 3, MESSAGES), receiveAll(accepted(listener)));
                for (ChildProcess child : children) {
                    child.joinOrThrow();
                }
            }
        }
    }

    @Test
    @Tag("K16")
    void awaitAny_connectionsOfOneProcess_everyMessageUntilTheEndOfAll() throws Exception {
        try (Listener listener = Listener.local()) {
            SocketAddress address = listener.address();
            List<CompletableFuture<Void>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                int sender = i;
                senders.add(CompletableFuture.runAsync(() -> {
                    try {
                        send(address, sender, true);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            assertEquals(Map.of(0, MESSAGES, 1, MESSAGES, 2, MESSAGES, 3, MESSAGES), receiveAll(accepted(listener)));
            for (CompletableFuture<Void> sender : senders) {
                sender.get(20, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    @Tag("K17")
    void awaitAny_nothingComes_returnsNoneInTime() throws Exception {
        try (Listener listener = Listener.local();
                Connection up = Connection.connect(listener.address());
                Connection first = listener.accept();
                Connection up2 = Connection.connect(listener.address());
                Connection second = listener.accept()) {
            long start = System.nanoTime();
            assertEquals(List.of(), Waitable.awaitAny(List.of(first, second), 1, TimeUnit.SECONDS));
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= 999 && millis < 10_000, millis + " ms");
            start = System.nanoTime();
            assertEquals(List.of(), Waitable.awaitAny(List.of(first, second), -1, TimeUnit.SECONDS));
            assertTrue(System.nanoTime() - start < 1_000_000_000L);
            up.send("a");
            assertEquals(List.of(first), Waitable.awaitAny(List.of(first, second), 20, TimeUnit.SECONDS));
            up2.send("b");
            assertEquals("a", first.receive(Duration.ZERO));
            assertEquals(List.of(second), Waitable.awaitAny(List.of(first, second), 20, TimeUnit.SECONDS));
        }
    }

    @Test
    @Tag("K16")
    void awaitAny_connectionsAndChildren_eachIsSeen() throws Exception {
        try (Listener listener = Listener.local()) {
            SocketAddress address = listener.address();
            ChildProcess speaks = ChildProcess.of(BriefChildren.options().build(), () -> {
                try (Connection up = Connection.connect(address)) {
                    up.send("first");
                    up.receive(); // until the parent has seen that
                }
            });
            ChildProcess sleeps = ChildProcess.of(BriefChildren.options().build(), () -> Thread.sleep(100_000));
            speaks.start();
            sleeps.start();
            Waitable speaksEnds = Waitable.of(speaks.onExit());
            Waitable sleepsEnds = Waitable.of(sleeps.onExit());
            try (Connection down = listener.accept()) {
                List<Waitable> all = List.of(listener, sleepsEnds, down, speaksEnds);
                assertEquals(List.of(down), Waitable.awaitAny(all, 30, TimeUnit.SECONDS));
                assertEquals("first", down.receive(Duration.ZERO));
                assertEquals(List.of(), Waitable.awaitAny(all, 100, TimeUnit.MILLISECONDS));
                sleeps.kill();
                assertEquals(List.of(sleepsEnds), Waitable.awaitAny(all, 30, TimeUnit.SECONDS));
                down.send("go");
                assertEquals(List.of(speaksEnds), Waitable.awaitAny(List.of(speaksEnds), 30, TimeUnit.SECONDS));
                assertEquals(
                        List.of(down, speaksEnds),
                        Waitable.awaitAny(List.of(listener, down, speaksEnds), 30, TimeUnit.SECONDS));
                assertThrows(EOFException.class, () -> down.receive(Duration.ZERO));
            }
        }
    }

    /** Limits of time that the JDK has for all of its URL connections are none of ours. */
    @Test
    @Tag("K20")
    void receiveAndAccept_globalTimeoutsAreSet_waitAllTheSame() throws Exception {
        String before = System.setProperty("sun.net.client.defaultReadTimeout", "100");
        try (Listener listener = Listener.loopback(ConnectionOptions.standard())) {
            CompletableFuture<Object> received = CompletableFuture.supplyAsync(() -> {
                try (Connection down = listener.accept()) {
                    return down.receive();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            Thread.sleep(300);
            try (Connection up = Connection.connect(listener.address())) {
                Thread.sleep(300);
                up.send("late");
                assertEquals("late", received.get(20, TimeUnit.SECONDS));
            }
        } finally {
            if (before == null) {
                System.clearProperty("sun.net.client.defaultReadTimeout");
            } else {
                System.setProperty("sun.net.client.defaultReadTimeout", before);
            }
        }
    }

    @Test
    void awaitAny_longMessageThatTricklesIn_isReadyWhenItIsWhole() throws Exception {
        try (Listener listener = Listener.local();
                Connection up = Connection.connect(listener.address());
                Connection down = listener.accept()) {
            byte[] message = new byte[5_000_000];
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    up.sendBytes(message);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(List.of(down), Waitable.awaitAny(List.of(down), 30, TimeUnit.SECONDS));
            assertEquals(message.length, down.receiveBytes(Duration.ZERO).length);
            sender.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void awaitAny_closedMeanwhile_saysSo() throws Exception {
        try (Listener listener = Listener.local();
                Connection up = Connection.connect(listener.address())) {
            Connection down = listener.accept();
            CompletableFuture<Throwable> waiter = CompletableFuture.supplyAsync(() -> assertThrows(
                    IllegalStateException.class, () -> Waitable.awaitAny(List.of(down), 30, TimeUnit.SECONDS)));
            Thread.sleep(100); // so that it most likely waits; it is right either way
            down.close();
            assertTrue(waiter.get(20, TimeUnit.SECONDS).getMessage().contains("is closed on this side"));
            assertThrows(IllegalStateException.class, () -> down.whenReady(() -> {}));
            assertFalse(listener.isReady());
            listener.close();
            assertThrows(IllegalStateException.class, () -> Waitable.awaitAny(List.of(listener)));
            assertTrue(up.poll(Duration.ofSeconds(20)), "the end is seen, although a selector had the channel");
        }
    }

    /** What nobody waits for any more costs no thread. */
    @Test
    void awaitAny_isOver_threadEnds() throws Exception {
        try (Listener listener = Listener.local();
                Connection up = Connection.connect(listener.address());
                Connection down = listener.accept()) {
            up.send(1);
            assertEquals(
                    0, Waitable.awaitAny(List.of(up), 50, TimeUnit.MILLISECONDS).size());
            assertTrue(down.poll());
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals("procession connection watch"))) {
                assertTrue(System.nanoTime() < deadline);
                Thread.sleep(20);
            }
            assertEquals(List.of(down), Waitable.awaitAny(List.of(up, down), 20, TimeUnit.SECONDS));
        }
    }
}

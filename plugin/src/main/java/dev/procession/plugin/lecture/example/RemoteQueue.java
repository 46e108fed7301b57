package dev.procession.plugin.lecture.example;

import dev.procession.channel.AuthKey;
import dev.procession.channel.AuthenticationException;
import dev.procession.manager.ManagerOptions;
import dev.procession.manager.ProcessManager;
import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** 16: a queue that a manager serves over the network. Only who has the key comes in, and who waits costs nothing. */
class RemoteQueue implements Example {
    private static final List<Integer> MESSAGES =
            IntStream.rangeClosed(1, 11).boxed().toList();

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("eleven-messages");
        AuthKey key = AuthKey.random();
        ManagerOptions options = ManagerOptions.standard().key(key);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ChildProcess taker;
        try (ProcessManager manager = ProcessManager.start(
                options.address(anyPort).child(stage.options("Manager").build()))) {
            InetSocketAddress address = (InetSocketAddress) manager.address();
            taker = stage.child("Taker", taking(address, options));
            stage.startAndAwait(List.of(taker), "waits");
            Thread.sleep(stage.wait(Duration.ofMillis(300)).toMillis());
            ChildProcess putter = stage.child("Putter", putting(address, options));
            putter.start();
            stage.join(List.of(putter, taker));
            stage.check("loopback", true, isLocal(address.getAddress()));
            stage.check("wrong-key", "refused", knock(address, AuthKey.random(), key));
        }
        List<String> printed = stage.printedBy(taker);
        List<String> expected =
                MESSAGES.stream().map(message -> "took " + message).toList();
        stage.check(
                "eleven-once",
                expected,
                printed.stream().filter(line -> line.startsWith("took")).toList());
        printed.stream()
                .filter(line -> line.startsWith("processor time "))
                .map(line -> Long.parseLong(line.substring(15)) * 1_000_000)
                .forEach(nanos -> stage.measured("waiting-costs", nanos, Duration.ZERO, Duration.ofMillis(40)));
    }

    boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress();
    }

    String knock(SocketAddress address, AuthKey wrong, AuthKey right) throws Exception {
        try (ProcessManager stranger =
                ProcessManager.connect(address, ManagerOptions.standard().key(wrong))) {
            return "let in: " + stranger.names();
        } catch (AuthenticationException e) {
            return "refused";
        }
    }

    /** The key travels in the task, through a pipe: it never stands in a command line or in the environment. */
    ChildTask taking(SocketAddress address, ManagerOptions options) {
        return () -> RemoteClient.take(address, options, MESSAGES.size());
    }

    ChildTask putting(SocketAddress address, ManagerOptions options) {
        return () -> RemoteClient.put(address, options, MESSAGES);
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(RemoteClient.class);
    }
}

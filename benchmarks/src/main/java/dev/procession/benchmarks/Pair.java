package dev.procession.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * This process and a child that work with each other. The child stays for all rounds, so both get warm; a socket that takes
 * no part in what is measured tells it when to begin, and returns what processor time it used.
 */
final class Pair implements PairContender {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final PairWork here;
    private final Closeable resources;
    private final Path directory;
    private final ChildProcess child;
    private final SocketChannel line;
    private final DataOutputStream orders;
    private final DataInputStream reports;

    /**
     * Starts the child.
     *
     * @param jvmOption one more for the child, empty for none
     * @param resources closed at the end
     */
    Pair(String name, String jvmOption, PairWork here, PairWork there, Closeable resources) throws IOException {
        this.name = name;
        this.here = here;
        this.resources = resources;
        directory = Files.createTempDirectory("procession-pair");
        Path socket = directory.resolve("s");
        ChildOptions.Builder options = ChildOptions.builder().daemon(true);
        if (!jvmOption.isEmpty()) {
            options.jvmOption(jvmOption);
        }
        String path = socket.toString();
        child = ChildProcess.of(options.build(), () -> serve(path, there));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            child.start();
            line = server.accept();
        }
        orders = new DataOutputStream(Channels.newOutputStream(line));
        reports = new DataInputStream(Channels.newInputStream(line));
    }

    private static void serve(String socket, PairWork work) throws Exception {
        try (SocketChannel line = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            DataInputStream orders = new DataInputStream(Channels.newInputStream(line));
            DataOutputStream reports = new DataOutputStream(Channels.newOutputStream(line));
            while (true) {
                int times;
                try {
                    times = orders.readInt();
                } catch (EOFException e) {
                    return;
                }
                long cpu = cpuNanos();
                work.run(times);
                reports.writeLong(cpuNanos() - cpu);
            }
        }
    }

    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Cost run(int times) throws Exception {
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        orders.writeInt(times);
        here.run(times);
        long childCpu = reports.readLong();
        long nanos = System.nanoTime() - begin;
        return new Cost((double) nanos / times, (double) (cpuNanos() - cpu + childCpu) / times);
    }

    @Override
    public void close() throws IOException {
        line.close();
        try {
            child.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        child.close();
        resources.close();
        Files.deleteIfExists(directory.resolve("s"));
        Files.delete(directory);
    }
}

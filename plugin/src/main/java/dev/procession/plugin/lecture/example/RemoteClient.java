package dev.procession.plugin.lecture.example;

import dev.procession.manager.ManagedQueue;
import dev.procession.manager.ManagerOptions;
import dev.procession.manager.ProcessManager;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/** The two sides of 16. They could run on other machines, and know an address and a key, nothing else of each other. */
final class RemoteClient {
    private RemoteClient() {}

    static void take(SocketAddress address, ManagerOptions options, int count) throws Exception {
        try (ProcessManager manager = ProcessManager.connect(address, options)) {
            ManagedQueue<Integer> queue = manager.queue("messages", count);
            System.out.println("waits");
            long before = processorTime().toMillis();
            int first = queue.take(); // sleeps until there is something: it does not look again and again
            System.out.println("processor time " + (processorTime().toMillis() - before));
            System.out.println("took " + first);
            for (int i = 1; i < count; i++) {
                System.out.println("took " + queue.take());
            }
        }
    }

    static void put(SocketAddress address, ManagerOptions options, List<Integer> messages) throws Exception {
        try (ProcessManager manager = ProcessManager.connect(address, options)) {
            ManagedQueue<Integer> queue = manager.queue("messages", messages.size());
            for (int message : messages) {
                queue.put(message);
            }
        }
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}

package dev.procession.plugin.watch;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The open pages, each with a thread that sends it what is told, as server-sent events. */
final class Subscribers {
    /** A page that was closed shows only when something is sent to it. */
    private static final long HEARTBEAT_SECONDS = 15;

    private static final String END = "";

    private final Set<BlockingQueue<String>> queues = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String problem;
    private volatile boolean closed;

    void serve(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        queues.add(queue);
        // A page that is opened while there is something to mend shows it too.
        String current = problem;
        if (current != null) {
            queue.add(event("failed", current));
        }
        try (OutputStream out = exchange.getResponseBody()) {
            send(out, "retry: 500\n\n");
            while (!closed) {
                String event = queue.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                if (event != null && event.equals(END)) {
                    return;
                }
                send(out, event == null ? ": still here\n\n" : event);
            }
        } catch (IOException e) {
            // The page was closed.
        } finally {
            queues.remove(queue);
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String event(String name, String data) {
        StringBuilder text = new StringBuilder("event: ").append(name).append('\n');
        // An event without data is none.
        (data.isEmpty() ? "-" : data)
                .lines()
                .forEach(line -> text.append("data: ").append(line).append('\n'));
        return text.append('\n').toString();
    }

    void tell(String name, String data) {
        problem = data.isEmpty() ? null : data;
        String event = event(name, data);
        queues.forEach(queue -> queue.add(event));
    }

    void close() {
        closed = true;
        queues.forEach(queue -> queue.add(END));
    }
}

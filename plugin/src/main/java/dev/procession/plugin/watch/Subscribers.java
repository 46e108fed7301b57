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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The open pages, each with a thread that sends it what is told, as server-sent events. */
final class Subscribers {
    /** A page that was closed shows only when something is sent to it. */
    private static final long HEARTBEAT_SECONDS = 15;

    private static final String END = "";

    private final Set<BlockingQueue<String>> queues = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String problem;

    /** Counts builds, from a number that no watch before this one has reached: pages outlive a watch. */
    private final AtomicLong build = new AtomicLong(System.currentTimeMillis());

    private volatile boolean closed;

    /** What a page is made for: it has to be loaded again when this is another one. */
    String build() {
        return String.valueOf(build.get());
    }

    /**
     * Tells a page what happens, until it is closed.
     *
     * @param since the build that the page was made for, since another one may have ended before it could listen; or empty
     */
    void serve(HttpExchange exchange, String since) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        queues.add(queue);
        // A page that is opened while there is something to mend shows it too.
        String current = problem;
        if (current != null) {
            queue.add(event("failed", current));
        } else if (!since.isEmpty() && !since.equals(build())) {
            queue.add(event("built", ""));
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
        if (data.isEmpty()) {
            build.incrementAndGet();
        }
        String event = event(name, data);
        queues.forEach(queue -> queue.add(event));
    }

    void close() {
        closed = true;
        queues.forEach(queue -> queue.add(END));
    }
}

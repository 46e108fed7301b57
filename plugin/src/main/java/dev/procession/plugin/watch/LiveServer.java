package dev.procession.plugin.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves directories to browsers on this machine, and tells open pages when to load again. Bound to the loopback address;
 * requests that name another host are refused, since a page from elsewhere could make a browser send them.
 *
 * <p>Closing it ends all connections and threads.
 */
public final class LiveServer implements AutoCloseable, WatchLoop.Listener {
    private static final String EVENTS = "/procession/events";
    private static final String SCRIPT = "/procession/live.js";
    private static final int USUAL_PORT = 8420;
    private static final int LAST_PORT = 65535;

    /** Those below are for the superuser on most systems. */
    private static final int FIRST_FREE_PORT = 1024;

    private static final int EXAMPLE_PORT = 8421;

    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;
    private final WebFiles files;
    private final @Nullable String fallback;
    private final Subscribers subscribers = new Subscribers();

    private LiveServer(HttpServer server, List<Path> roots, @Nullable String fallback) {
        this.server = server;
        this.fallback = fallback;
        this.files = new WebFiles(roots, () -> SCRIPT + "?" + subscribers.build());
        this.threads = Executors.newCachedThreadPool(body -> {
            Thread thread = new Thread(body, "procession-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The port that the user asks for.
     *
     * @param typed what they typed, or null for the usual one
     * @return a port, or 0 for any free one
     * @throws WatchFailedException when it is none
     */
    public static int port(@Nullable String typed) {
        String text = typed == null ? "" : typed.trim();
        if (text.isEmpty()) {
            return USUAL_PORT;
        }
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is too large.
        }
        throw new WatchFailedException(
                "<port> must be a number from 0 (any free one) to " + LAST_PORT + ": port=" + text);
    }

    /**
     * Begins to serve.
     *
     * @param port where, or 0 for any free port
     * @param roots directories, the first that has a file serves it
     * @param fallback the page that is sent where a browser asks for one and there is no file, or null for none
     * @return the running server, to be closed by the caller
     * @throws WatchFailedException when the port cannot be had
     * @throws IOException when the machine fails
     */
    public static LiveServer start(int port, List<Path> roots, @Nullable String fallback) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            // The system's reason: in use, or not for this user.
            throw new WatchFailedException("<port> " + port + " cannot be had: " + e.getMessage()
                    + "; end the program that uses it, or name another port, such as -Dprocession.watch-js.port="
                    + (port < FIRST_FREE_PORT || port == LAST_PORT ? EXAMPLE_PORT : port + 1)
                    + " (0 takes any free one)");
        }
        LiveServer live = new LiveServer(server, roots, fallback);
        server.createContext("/", live::handle);
        server.setExecutor(live.threads);
        server.start();
        return live;
    }

    /**
     * Where it is.
     *
     * @return an address for a browser
     */
    public String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isLocal(exchange.getRequestHeaders().getFirst("Host"))) {
                answer(exchange, 403, TEXT, "this server speaks to this machine alone");
            } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                answer(exchange, 405, TEXT, "only GET and HEAD");
            } else if (exchange.getRequestURI().getPath().equals(EVENTS)) {
                subscribers.serve(
                        exchange,
                        Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), ""));
            } else if (exchange.getRequestURI().getPath().equals(SCRIPT)) {
                answer(exchange, 200, "text/javascript; charset=utf-8", script());
            } else {
                serve(exchange, exchange.getRequestURI());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, URI address) throws IOException {
        String path = address.getPath();
        Optional<WebFiles.Content> found = files.find(path);
        if (found.isPresent()) {
            answer(exchange, found.get());
        } else if (!path.endsWith("/") && files.find(path + "/").isPresent()) {
            // A page names its files relative to its own address: without the slash they would be those of the folder
            // above.
            String query = address.getRawQuery();
            exchange.getResponseHeaders()
                    .set("Location", address.getRawPath() + "/" + (query == null ? "" : "?" + query));
            answer(exchange, 302, TEXT, "");
        } else if (fallback == null || !wantsPage(exchange)) {
            answer(exchange, 404, TEXT, "no such file");
        } else {
            Optional<WebFiles.Content> page = files.find("/" + fallback);
            if (page.isPresent()) {
                answer(exchange, page.get());
            } else {
                answer(exchange, 404, TEXT, "no such file, nor the <fallback> " + fallback);
            }
        }
    }

    /** A browser that goes to an address says so; for scripts, pictures and data it does not. */
    private static boolean wantsPage(HttpExchange exchange) {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        return accept != null && accept.contains("text/html");
    }

    private boolean isLocal(String host) {
        String name = host == null ? "" : host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
        return List.of("localhost", "127.0.0.1", "[::1]").contains(name);
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(LiveServer.class.getResourceAsStream("live.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Sends a file, or the part of it that is asked for. */
    private static void answer(HttpExchange exchange, WebFiles.Content content) throws IOException {
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        byte[] bytes = content.bytes();
        String header = exchange.getRequestHeaders().getFirst("Range");
        // With a condition, a part is meant of a version that nothing here tells: there are no ETags.
        boolean whole = header == null
                || exchange.getRequestMethod().equals("HEAD")
                || exchange.getRequestHeaders().containsKey("If-Range");
        Optional<ByteRange> asked = whole ? Optional.empty() : ByteRange.of(header, bytes.length);
        if (asked.isEmpty()) {
            answer(exchange, 200, content.type(), bytes);
            return;
        }
        ByteRange part = asked.get();
        exchange.getResponseHeaders().set("Content-Range", part.in(bytes.length));
        if (part.isEmpty()) {
            answer(exchange, 416, TEXT, "the file ends before that");
        } else {
            answer(exchange, 206, content.type(), Arrays.copyOfRange(bytes, part.from(), part.end()));
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        answer(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            // The server itself would tell of none.
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
        }
        exchange.sendResponseHeaders(status, head || content.length == 0 ? -1 : content.length);
        if (!head && content.length > 0) {
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void built() {
        subscribers.tell("built", "");
    }

    @Override
    public void failed(String problem) {
        subscribers.tell("failed", problem);
    }

    @Override
    public void close() {
        subscribers.close();
        server.stop(0);
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

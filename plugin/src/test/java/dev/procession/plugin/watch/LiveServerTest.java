package dev.procession.plugin.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What browsers get of a real server. */
@Timeout(30)
class LiveServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path root;

    private LiveServer server;

    @BeforeEach
    void start() throws Exception {
        server = LiveServer.start(0, List.of(root), "app/index.html");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> as, String... headers) throws Exception {
        URI address = URI.create(server.address()).resolve(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), as);
    }

    /** The build that a page was made for, as its script hands it on. */
    private String buildOf(String page) throws Exception {
        String text = get(page, HttpResponse.BodyHandlers.ofString()).body();
        Matcher script = Pattern.compile("<script src=\"/procession/live\\.js(\\?[0-9]+)\"></script></body>")
                .matcher(text);
        assertTrue(script.find(), text);
        return script.group(1);
    }

    private BufferedReader listen(String build) throws Exception {
        InputStream events = get("/procession/events" + build, HttpResponse.BodyHandlers.ofInputStream())
                .body();
        BufferedReader lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
        assertEquals("retry: 500", lines.readLine());
        assertEquals("", lines.readLine());
        return lines;
    }

    @Test
    void events_buildEndedBetweenPageAndItsScript_pageIsToldAtOnce() throws Exception {
        Files.writeString(root.resolve("index.html"), "<html><body>shop</body></html>");
        String build = buildOf("/");
        server.built();
        try (BufferedReader events = listen(build)) {
            assertEquals("event: built", events.readLine());
        }
    }

    @Test
    void events_pageIsOfLastBuild_hearsOfTheNextThingOnly() throws Exception {
        Files.writeString(root.resolve("index.html"), "<html><body>shop</body></html>");
        server.built();
        try (BufferedReader events = listen(buildOf("/"))) {
            server.failed("app.js:1:1: what");
            assertEquals("event: failed", events.readLine());
            assertEquals("data: app.js:1:1: what", events.readLine());
        }
    }

    @Test
    void get_folderWithoutSlash_leadsToTheFolderSoThatItsFilesAreFound() throws Exception {
        Files.createDirectories(root.resolve("my admin"));
        Files.writeString(root.resolve("my admin/index.html"), "<script src=admin.js></script>");
        HttpResponse<String> page = get("/my%20admin?tab=1", HttpResponse.BodyHandlers.ofString());
        assertEquals(302, page.statusCode());
        assertEquals("/my%20admin/?tab=1", page.headers().firstValue("Location").orElseThrow());
        assertEquals(
                200, get("/my%20admin/", HttpResponse.BodyHandlers.ofString()).statusCode());
        assertEquals(404, get("/other", HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    @Test
    void get_pageSaysItsCharset_headerDoesNotContradict() throws Exception {
        Charset cyrillic = Charset.forName("windows-1251");
        byte[] page = "<meta charset=\"windows-1251\"><p>Привіт".getBytes(cyrillic);
        Files.write(root.resolve("old.html"), page);
        Files.writeString(root.resolve("new.html"), "<p>Привіт");
        HttpResponse<byte[]> old = get("/old.html", HttpResponse.BodyHandlers.ofByteArray());
        assertEquals("text/html", old.headers().firstValue("Content-Type").orElseThrow());
        assertArrayEquals(page, java.util.Arrays.copyOf(old.body(), page.length));
        HttpResponse<byte[]> utf = get("/new.html", HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(
                "text/html; charset=utf-8",
                utf.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void head_aFile_hasTheTypeAndLengthOfWhatWouldCome() throws Exception {
        for (String[] each : new String[][] {
            {"a.mjs", "text/javascript; charset=utf-8"},
            {"a.cjs", "text/javascript; charset=utf-8"},
            {"a.wasm", "application/wasm"},
            {"a.svg", "image/svg+xml"},
            {"a.ogg", "audio/ogg"},
            {"a.webmanifest", "application/manifest+json"},
            {"a.any", "application/octet-stream"}
        }) {
            Files.writeString(root.resolve(each[0]), "12345");
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(server.address()).resolve(each[0]))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .timeout(Duration.ofSeconds(20))
                    .build();
            HttpResponse<Void> head = client.send(request, HttpResponse.BodyHandlers.discarding());
            assertEquals(200, head.statusCode());
            assertEquals(each[1], head.headers().firstValue("Content-Type").orElseThrow());
            assertEquals(5, head.headers().firstValueAsLong("Content-Length").orElseThrow(), each[0]);
        }
    }

    @Test
    void get_partOfAFile_isWhatRfc9110Says() throws Exception {
        Files.writeString(root.resolve("film.webm"), "0123456789");
        Files.writeString(root.resolve("empty.webm"), "");
        // The header, the answer's status, its Content-Range, and what comes.
        for (String[] each : new String[][] {
            {"bytes=2-4", "206", "bytes 2-4/10", "234"},
            {"bytes=0-", "206", "bytes 0-9/10", "0123456789"},
            {"bytes=7-", "206", "bytes 7-9/10", "789"},
            {"bytes=7-100", "206", "bytes 7-9/10", "789"},
            {"Bytes=-3", "206", "bytes 7-9/10", "789"},
            {"bytes=-100", "206", "bytes 0-9/10", "0123456789"},
            {"bytes=9-9", "206", "bytes 9-9/10", "9"},
            {"bytes=10-", "416", "bytes */10", "the file ends before that"},
            {"bytes=99999999999-", "416", "bytes */10", "the file ends before that"},
            {"bytes=-0", "416", "bytes */10", "the file ends before that"},
            {"bytes=4-2", "200", null, "0123456789"},
            {"bytes=-", "200", null, "0123456789"},
            {"bytes=1-2,4-5", "200", null, "0123456789"},
            {"lines=1-2", "200", null, "0123456789"},
            {"bytes=" + "9".repeat(30) + "-", "200", null, "0123456789"}
        }) {
            HttpResponse<String> answer = get("/film.webm", HttpResponse.BodyHandlers.ofString(), "Range", each[0]);
            assertEquals(each[1], String.valueOf(answer.statusCode()), each[0]);
            assertEquals(each[2], answer.headers().firstValue("Content-Range").orElse(null), each[0]);
            assertEquals(each[3], answer.body(), each[0]);
        }
        HttpResponse<String> empty = get("/empty.webm", HttpResponse.BodyHandlers.ofString(), "Range", "bytes=0-");
        assertEquals(416, empty.statusCode());
        HttpResponse<String> conditional =
                get("/film.webm", HttpResponse.BodyHandlers.ofString(), "Range", "bytes=2-4", "If-Range", "\"old\"");
        assertEquals(200, conditional.statusCode());
        assertEquals("bytes", conditional.headers().firstValue("Accept-Ranges").orElseThrow());
    }

    @Test
    void get_addressWithoutFile_browsersGetTheFallbackAndOthersNothing() throws Exception {
        String page = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
        HttpResponse<String> missing = get("/orders/42", HttpResponse.BodyHandlers.ofString(), "Accept", page);
        assertEquals(404, missing.statusCode());
        assertEquals("no such file, nor the <fallback> app/index.html", missing.body());
        Files.createDirectories(root.resolve("app"));
        Files.writeString(root.resolve("app/index.html"), "<html><body>shop</body></html>");
        HttpResponse<String> route = get("/orders/42", HttpResponse.BodyHandlers.ofString(), "Accept", page);
        assertEquals(200, route.statusCode());
        assertEquals(
                "text/html; charset=utf-8",
                route.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(route.body().startsWith("<html><body>shop<script src=\"/procession/live.js"), route.body());
        HttpResponse<String> script = get("/orders/app.js", HttpResponse.BodyHandlers.ofString(), "Accept", "*/*");
        assertEquals(404, script.statusCode());
        assertEquals("no such file", script.body());
    }

    @Test
    void port_asTyped_isANumberOrIsRefusedInOneWay() {
        assertEquals(8420, LiveServer.port(null));
        assertEquals(8420, LiveServer.port(" "));
        assertEquals(0, LiveServer.port("0"));
        assertEquals(65535, LiveServer.port(" 65535 "));
        for (String typed : List.of("-1", "65536", "abc", "84 20", "99999999999")) {
            WatchFailedException refused =
                    assertThrows(WatchFailedException.class, () -> LiveServer.port(typed), typed);
            assertEquals("<port> must be a number from 0 (any free one) to 65535: port=" + typed, refused.getMessage());
        }
    }

    @Test
    void start_portThatIsTaken_saysWhichAndWhatToDo() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            String message = assertThrows(WatchFailedException.class, () -> LiveServer.start(port, List.of(root), null))
                    .getMessage();
            assertTrue(message.startsWith("<port> " + port + " cannot be had: "), message);
            assertTrue(message.contains("-Dprocession.watch-js.port="), message);
        }
    }
}

package dev.procession.plugin.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Files below some directories, as a web server gives them; pages get a script that loads them again. */
final class WebFiles {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html"),
            Map.entry("htm", "text/html"),
            Map.entry("js", "text/javascript"),
            Map.entry("mjs", "text/javascript"),
            Map.entry("cjs", "text/javascript"),
            Map.entry("css", "text/css"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("txt", "text/plain"),
            Map.entry("xml", "text/xml"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("ttf", "font/ttf"),
            Map.entry("otf", "font/otf"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("webmanifest", "application/manifest+json"));

    private static final String UTF_8 = "; charset=utf-8";

    /** Browsers believe the header more than the page, so a page that says its charset gets a header that does not. */
    private static final Pattern OWN_CHARSET = Pattern.compile("(?i)<meta[^>]*\\bcharset\\s*=");

    private final List<Path> roots;
    private final Supplier<String> script;

    /**
     * Nothing is read yet.
     *
     * @param roots directories, the first that has a file gives it
     * @param script the address of the script for a page that is read from now on
     */
    WebFiles(List<Path> roots, Supplier<String> script) {
        this.roots =
                roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
        this.script = script;
    }

    /** What is sent for a path. */
    // Handed over once, and compared by nobody.
    @SuppressWarnings("ArrayRecordComponent")
    record Content(String type, byte[] bytes) {}

    Optional<Content> find(String path) throws IOException {
        for (Path root : roots) {
            Optional<Path> file = file(root, path);
            if (file.isPresent()) {
                return Optional.of(content(file.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> file(Path root, String path) throws IOException {
        Path file;
        try {
            file = root.resolve(path.substring(1)).normalize();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        if (!file.startsWith(root)) {
            return Optional.empty();
        }
        if (path.endsWith("/") && Files.isDirectory(file)) {
            file = file.resolve("index.html");
        }
        // Links may lead out; what they lead to was not meant to be served.
        return Files.isRegularFile(file) && file.toRealPath().startsWith(root.toRealPath())
                ? Optional.of(file)
                : Optional.empty();
    }

    private Content content(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.getOrDefault(ending, "application/octet-stream");
        if (!type.equals("text/html")) {
            boolean text = type.startsWith("text/") || type.equals("application/json");
            return new Content(text ? type + UTF_8 : type, Files.readAllBytes(file));
        }
        // Asked for before the page is read: a build that ends in between is one that the page does not know of.
        String address = script.get();
        String page = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return new Content(OWN_CHARSET.matcher(page).find() ? type : type + UTF_8, withScript(page, address));
    }

    /** At the end of the body, or of the page; bytes are kept as they are, since the page's charset is its own matter. */
    private static byte[] withScript(String text, String address) {
        int end = text.toLowerCase(Locale.ROOT).lastIndexOf("</body");
        String element = "<script src=\"" + address + "\"></script>";
        String whole = end < 0 ? text + element : text.substring(0, end) + element + text.substring(end);
        return whole.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What the storefront's bundle has to hold, put together without the plugin. */
final class BundleContent {
    /** The scripts in the order that the sample's pom states. */
    static final List<String> SCRIPTS = List.of(
            "core/shop.js",
            "core/format.js",
            "core/report.js",
            "core/template.js",
            "model/catalogue.js",
            "model/cart.js",
            "model/order.js",
            "view/cart.js",
            "view/catalogue.js",
            "view/checkout.js",
            "app.js");

    static final String BANNER = "/*! Storefront 1.0.0 */";

    private BundleContent() {}

    /** Asserts that the bundle begins with the banner, then has each input once and whole, in order. */
    static void assertComplete(ProjectCopy project) throws IOException {
        String bundle = plain(Files.readString(project.bundle(), StandardCharsets.UTF_8));
        assertTrue(bundle.startsWith(BANNER), () -> "no banner: " + bundle.substring(0, 100));
        assertEquals(-1, bundle.indexOf('\ufeff'), "a byte order mark in the bundle");

        int end = assertOnceAfter(bundle, jquery(), "jquery.js", BANNER.length());
        for (String script : SCRIPTS) {
            end = assertOnceAfter(bundle, project.read("src/main/js/" + script), script, end);
        }
    }

    /** Asserts that {@code source} occurs once, not before {@code from}, and returns where it ends. */
    private static int assertOnceAfter(String bundle, String source, String name, int from) {
        String text = plain(source).strip();
        int at = bundle.indexOf(text);
        assertTrue(at >= 0, () -> name + " is not in the bundle");
        assertEquals(-1, bundle.indexOf(text, at + 1), () -> name + " is in the bundle twice");
        assertTrue(at >= from, () -> name + " is too early in the bundle");
        return at + text.length();
    }

    /** How a line ends, and a byte order mark, are not content. */
    private static String plain(String text) {
        String unmarked = text.startsWith("\ufeff") ? text.substring(1) : text;
        return unmarked.replace("\r\n", "\n");
    }

    private static String jquery() throws IOException {
        Path jar = Surroundings.localRepository().resolve("org/webjars/jquery/3.7.1/jquery-3.7.1.jar");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry("META-INF/resources/webjars/jquery/3.7.1/jquery.js");
            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

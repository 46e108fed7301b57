package dev.procession.plugin.output;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The real library, from the jars on the tests' class path. */
public final class TestBrotli {
    public static final BrotliLibrary.Source SOURCE = TestBrotli::library;

    private TestBrotli() {}

    private static BrotliLibrary library() throws IOException {
        return new BrotliLibrary(List.of(jar("brotli4j-[0-9].*"), jar("service-[0-9].*")), jar("native-[a-z]+-.*"));
    }

    private static Path jar(String name) throws IOException {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> file.toString().contains("brotli4j")
                        && file.getFileName().toString().matches(name + "\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IOException("not on the tests' class path: " + name));
    }
}

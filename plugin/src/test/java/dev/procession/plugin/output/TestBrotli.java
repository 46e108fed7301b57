package dev.procession.plugin.output;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.service.BrotliNativeProvider;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The real library, from the jars on the tests' class path. */
public final class TestBrotli {
    public static final BrotliLibrary.Source SOURCE = TestBrotli::library;

    private TestBrotli() {}

    private static BrotliLibrary library() throws IOException {
        Path nativeJar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*native-[a-z]+-[^/]*\\.jar"))
                .map(Path::of)
                .findFirst()
                .orElseThrow(() -> new IOException("Brotli has no library for this machine"));
        return new BrotliLibrary(List.of(placeOf(Brotli4jLoader.class), placeOf(BrotliNativeProvider.class)), nativeJar);
    }

    private static Path placeOf(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}

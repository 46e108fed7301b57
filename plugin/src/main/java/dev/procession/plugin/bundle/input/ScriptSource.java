package dev.procession.plugin.bundle.input;

import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads files and jar entries by their location, a text that means the same in every process: a portable path, or
 * {@code jar:} + portable path + {@code !/} + entry. Keeps the jar that it read last open. Not thread-safe.
 */
public final class ScriptSource implements AutoCloseable {
    /** V8 takes no longer script, and an array of twice this size could not be made. */
    public static final int LARGEST = 1 << 29;

    private static final String JAR = "jar:";

    private @Nullable String openName;
    private @Nullable ZipFile open;

    public static String ofFile(Path file) {
        return FileName.portable(file);
    }

    static String ofJarEntry(Path jar, String entry) {
        return JAR + FileName.portable(jar) + "!/" + entry;
    }

    public static boolean isInJar(String location) {
        return location.startsWith(JAR);
    }

    public byte[] read(String location) throws IOException {
        if (!location.startsWith(JAR)) {
            Path file = FileName.path(location);
            if (Files.size(file) > LARGEST) {
                throw new TooLargeException();
            }
            return Files.readAllBytes(file);
        }
        // The entry's own name may hold "!/" too, and so may the jar's: an entry begins with META-INF/resources.
        int bang = location.indexOf("!/META-INF/resources/");
        ZipFile zip = jar(location.substring(JAR.length(), bang));
        String name = location.substring(bang + 2);
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new NoSuchFileException(location);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return limited(in);
        }
    }

    private static byte[] limited(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new TooLargeException();
        }
        return bytes;
    }

    private ZipFile jar(String portable) throws IOException {
        ZipFile zip = open;
        if (zip == null || !portable.equals(openName)) {
            close();
            zip = new ZipFile(FileName.path(portable).toFile());
            open = zip;
            openName = portable;
        }
        return zip;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /** The file is longer than any engine accepts. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}

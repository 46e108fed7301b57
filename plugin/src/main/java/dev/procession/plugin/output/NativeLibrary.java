package dev.procession.plugin.output;

import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A native library out of a jar, unpacked once per machine. Its directory is named by its checksum and size, so another
 * version never meets it, and it appears there whole: it is renamed into its place.
 */
final class NativeLibrary {
    private NativeLibrary() {}

    /** The library in the first of these directories that can be written. */
    static Path unpack(Path jar, Path cacheDirectory, Path otherwise) throws IOException {
        try {
            return unpack(jar, cacheDirectory);
        } catch (IOException e) {
            return unpack(jar, otherwise);
        }
    }

    private static Path unpack(Path jar, Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry library = library(zip, jar);
            String file = library.getName().substring(library.getName().lastIndexOf('/') + 1);
            Path home = directory
                    .resolve("native")
                    .resolve(Long.toHexString(library.getCrc()) + "-" + library.getSize());
            Path unpacked = home.resolve(file);
            if (Files.isRegularFile(unpacked) && Files.size(unpacked) == library.getSize()) {
                return unpacked;
            }
            Files.createDirectories(home);
            Path part = Files.createTempFile(home, file, ".part");
            try {
                try (InputStream in = zip.getInputStream(library)) {
                    Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.move(part, unpacked, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException e) {
                // Windows does not replace a library that somebody uses; then it is the same one.
                return unpacked;
            } finally {
                Files.deleteIfExists(part);
            }
            return unpacked;
        }
    }

    private static ZipEntry library(ZipFile zip, Path jar) throws IOException {
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            if (name.startsWith("lib/") && name.matches("lib/[^/]+/[^/]+\\.(so|dll|dylib|jnilib)")) {
                return entry;
            }
        }
        throw new IOException(FileName.shown(jar) + " holds no native library");
    }
}

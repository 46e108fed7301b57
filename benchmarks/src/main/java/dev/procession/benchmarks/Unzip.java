package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Takes the package of a WebJar out of its jar, for peers that read directories. */
final class Unzip {
    private Unzip() {}

    /** Writes what lies below a folder of a jar into a directory. */
    static void below(Path jar, String folder, Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
                    Path file = directory
                            .resolve(entry.getName().substring(folder.length()))
                            .normalize();
                    if (!file.startsWith(directory)) {
                        throw new IOException(jar + ": " + entry.getName());
                    }
                    Files.createDirectories(file.resolveSibling(""));
                    Files.write(file, zip.getInputStream(entry).readAllBytes());
                }
            }
        }
    }
}

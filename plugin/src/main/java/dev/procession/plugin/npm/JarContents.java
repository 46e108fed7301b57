package dev.procession.plugin.npm;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A jar. The JDK does not tell a symbolic link from a file; it is read as a small file that holds the link's target, and no
 * link is ever made.
 */
final class JarContents implements Contents {
    private final ZipFile zip;
    private final SortedSet<String> names = new TreeSet<>();

    JarContents(Path jar) throws IOException {
        zip = new ZipFile(jar.toFile());
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            if (!entry.isDirectory() && Contents.concerns(entry.getName())) {
                names.add(entry.getName());
            }
        }
    }

    @Override
    public SortedSet<String> names() {
        return names;
    }

    @Override
    public InputStream open(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new FileNotFoundException(name);
        }
        return zip.getInputStream(entry);
    }

    @Override
    public Optional<InputStream> more() throws IOException {
        ZipEntry entry = zip.getEntry(MORE);
        return entry == null ? Optional.empty() : Optional.of(zip.getInputStream(entry));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}

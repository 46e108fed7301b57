package dev.procession.plugin.sort.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Tells the files of newer office programs from other zip files, when their names do not. Only in child processes. */
final class OfficeZip {
    /** The programs write it among the first; whoever does not is not believed. */
    private static final String MARK = "[Content_Types].xml";

    private static final int MOST_ENTRIES = 20;
    private static final long MOST_BYTES = 4 << 20;

    private OfficeZip() {}

    static boolean isOffice(Path file) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            byte[] buffer = new byte[8192];
            long read = 0;
            for (int i = 0; i < MOST_ENTRIES && read < MOST_BYTES; i++) {
                ZipEntry entry = zip.getNextEntry();
                if (entry == null) {
                    return false;
                }
                if (entry.getName().equals(MARK)) {
                    return true;
                }
                for (int n = zip.read(buffer); n >= 0 && read < MOST_BYTES; n = zip.read(buffer)) {
                    read += n;
                }
            }
            return false;
        } catch (IllegalArgumentException | IOException e) {
            // A name that is no UTF-8, or damage: then it is a zip file, and nothing more is known.
            return false;
        }
    }
}

package dev.procession.plugin.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What stands for the content of an output in the build record: whether somebody else changed a file that this plugin
 * wrote. Nobody gains by deceiving it, and a build that has just started makes a SHA-256 at a tenth of its later speed:
 * of three megabytes in 60 ms, while these two, which the JVM has ready, take 3 ms.
 */
final class Checksum {
    private static final String PREFIX = "crc:";

    private Checksum() {}

    static String of(Path file) throws IOException {
        CRC32 one = new CRC32();
        CRC32C other = new CRC32C();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                one.update(buffer, 0, read);
                other.update(buffer, 0, read);
            }
        }
        return PREFIX + Long.toHexString(one.getValue()) + "-" + Long.toHexString(other.getValue());
    }
}

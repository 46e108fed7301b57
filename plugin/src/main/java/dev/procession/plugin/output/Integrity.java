package dev.procession.plugin.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What pages put into the attribute {@code integrity}, by the W3C recommendation Subresource Integrity. */
final class Integrity {
    private Integrity() {}

    /** Of a file's bytes. SHA-384, as the recommendation's own examples have it. */
    static String of(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has SHA-384", e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return "sha384-" + Base64.getEncoder().encodeToString(digest.digest());
    }
}

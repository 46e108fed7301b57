package dev.procession.plugin.bundle;

import dev.procession.plugin.report.Shown;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Arrays;

/** Makes a {@link Piece} of a file, or says why it cannot. Reuses its buffers from file to file; not thread-safe. */
final class ScriptReader implements AutoCloseable {
    private final ScriptSource source = new ScriptSource();
    private final ScriptText text = new ScriptText();
    private final MappingEncoder mapping = new MappingEncoder();
    private final MessageDigest digest = Sha256.digest();
    private final Charset charset;
    private final boolean mapped;

    ScriptReader(String charset, boolean mapped) {
        this.charset = Charset.forName(charset);
        this.mapped = mapped;
    }

    ReadOutcome read(String location) {
        byte[] bytes;
        try {
            bytes = source.read(location);
        } catch (AccessDeniedException e) {
            return unreadable("cannot be read, permission denied; change its permissions or exclude it");
        } catch (NoSuchFileException e) {
            return unreadable("vanished during the build; let nothing else write there, and run the build again");
        } catch (ScriptSource.TooLargeException e) {
            return unreadable("is larger than " + (ScriptSource.LARGEST >> 20)
                    + " MB, no browser takes such a script; exclude it");
        } catch (IOException e) {
            return unreadable("cannot be read: " + Shown.text(String.valueOf(e.getMessage())));
        }
        ReadFailure fault = text.decode(bytes, charset);
        return fault != null ? fault : piece(bytes);
    }

    private static ReadFailure unreadable(String text) {
        return new ReadFailure(ReadFailure.Blame.INCLUDE, text);
    }

    private Piece piece(byte[] bytes) {
        char[] chars = text.chars();
        int length = text.length();
        mapping.scan(chars, length, mapped);
        TailScanner tail = new TailScanner(chars, length);
        int[] claims = tail.claims();
        boolean hashbang = length >= 2 && chars[0] == '#' && chars[1] == '!';
        int[] patchedAt = new int[claims.length + (hashbang ? 2 : 0)];
        byte[] patches = new byte[patchedAt.length];
        int patched = 0;
        if (hashbang) {
            // "#!" is a comment at the very start of a script only; "//" is as long and means the same anywhere.
            patchedAt[0] = 0;
            patchedAt[1] = 1;
            patches[0] = '/';
            patches[1] = '/';
            patched = 2;
        }
        byte[] utf8 = text.utf8();
        for (int i = 0; i < claims.length; i++) {
            patchedAt[patched] = utf8.length - utf8Length(chars, claims[i], length);
            patches[patched++] = ' ';
        }
        return new Piece(
                utf8,
                patchedAt,
                patches,
                digest.digest(bytes),
                mapped ? mapping.mappings() : new byte[0],
                mapping.lineBreaks(),
                mapping.lastLine(),
                mapping.lastColumn(),
                PrologueScanner.scan(chars, length),
                tail.ending());
    }

    private static int utf8Length(char[] chars, int from, int to) {
        return new String(Arrays.copyOfRange(chars, from, to)).getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}

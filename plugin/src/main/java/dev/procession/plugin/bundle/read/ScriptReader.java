package dev.procession.plugin.bundle.read;

import dev.procession.plugin.bundle.input.ScriptSource;
import dev.procession.plugin.bundle.record.Sha256;
import dev.procession.plugin.report.Shown;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Piece} of a file, or says why it cannot. Reuses its buffers from file to file; not thread-safe. */
public final class ScriptReader implements AutoCloseable {
    private static final String CHARSET = "@charset \"";

    private final ScriptSource source = new ScriptSource();
    private final ScriptText text = new ScriptText();
    private final MappingEncoder mapping = new MappingEncoder();
    private final MessageDigest digest = Sha256.digest();
    private final Charset charset;
    private final Set<Wanted> wanted;
    private final boolean mapped;

    ScriptReader(String charset, Set<Wanted> wanted) {
        this.charset = Charset.forName(charset);
        this.wanted = wanted;
        this.mapped = wanted.contains(Wanted.MAPPINGS);
    }

    /** What is to be found out besides the text. */
    public enum Wanted {
        /** Where what stands in the file. */
        MAPPINGS,
        /** The comments that speak of rights. */
        LEGAL_COMMENTS
    }

    ReadOutcome read(String location) {
        return read(location, charset, this::piece);
    }

    /** Reads a style sheet, whose addresses get a prefix. */
    ReadOutcome readStyle(String location, String prefix) {
        return read(
                location,
                null,
                bytes -> StyleReader.read(text.chars(), text.length(), text.utf8(), digest.digest(bytes), prefix));
    }

    private ReadOutcome read(String location, @Nullable Charset known, Function<byte[], ReadOutcome> next) {
        byte[] bytes;
        try {
            bytes = source.read(location);
        } catch (AccessDeniedException e) {
            return unreadable("cannot be read, permission denied; change its permissions or exclude it");
        } catch (NoSuchFileException e) {
            return unreadable("vanished during the build; let nothing else write there, and run the build again");
        } catch (ScriptSource.TooLargeException e) {
            return unreadable(
                    "is larger than " + (ScriptSource.LARGEST >> 20) + " MB, no browser takes such a file; exclude it");
        } catch (IOException e) {
            return unreadable("cannot be read: " + Shown.text(String.valueOf(e.getMessage())));
        }
        ReadFailure fault = text.decode(bytes, known == null ? declared(bytes) : known);
        return fault != null ? fault : next.apply(bytes);
    }

    /** What a style sheet says at its very start, or what the pom says. */
    private Charset declared(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1);
        int end = start.indexOf("\";");
        if (start.startsWith(CHARSET) && end > 0) {
            try {
                Charset said = Charset.forName(start.substring(CHARSET.length(), end));
                // One that was read as ASCII up to here is no UTF-16, says the specification.
                return said.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : said;
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                return charset;
            }
        }
        return charset;
    }

    private static ReadFailure unreadable(String text) {
        return new ReadFailure(ReadFailure.Blame.INCLUDE, text);
    }

    private Piece piece(byte[] bytes) {
        char[] chars = text.chars();
        int length = text.length();
        mapping.scan(chars, length, mapped);
        TailScanner tail = new TailScanner(chars, length);
        ScriptScanner.Claims found = tail.claims();
        int[] claims = found.at();
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
        // From the end, where they usually are.
        int byteAt = utf8.length;
        for (int i = claims.length - 1; i >= 0; i--) {
            byteAt -= utf8Length(chars, claims[i], i + 1 < claims.length ? claims[i + 1] : length);
            patchedAt[patched + i] = byteAt;
            patches[patched + i] = ' ';
        }
        int claim = tail.mapClaim(found);
        String address = claim < 0 ? "" : tail.address(claims[claim]);
        // A map inside a comment is as long as the sources. Nobody needs it in the bundle.
        boolean inside = address.startsWith("data:");
        int cutFrom = inside ? patchedAt[patchedAt.length - claims.length + claim] + 1 : -1;
        int cutTo = inside ? utf8.length - utf8Length(chars, tail.lineEnd(claims[claim]), length) : -1;
        List<String> legal = new ArrayList<>();
        OpenEnd openEnd = wanted.contains(Wanted.LEGAL_COMMENTS) || ScriptScanner.mayBeOpen(chars, length)
                ? ScriptScanner.scan(chars, length, legal)
                : null;
        return new Piece(
                utf8,
                patchedAt,
                patches,
                cutFrom,
                cutTo,
                address,
                legal.toArray(String[]::new),
                openEnd,
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

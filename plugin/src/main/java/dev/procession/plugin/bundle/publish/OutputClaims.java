package dev.procession.plugin.bundle.publish;

import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Who writes which file in this build. The map behind it is shared by all executions of all modules, and they may run
 * at the same time; it holds only strings, since each plugin realm has classes of its own.
 */
public final class OutputClaims {
    private final Map<String, String> claims;
    private final Map<Path, Claim> own = new LinkedHashMap<>();
    /** A bundle may have hundreds of files in a few directories. */
    private final Map<Path, Path> realDirectories = new HashMap<>();

    public OutputClaims(Map<String, String> claims) {
        this.claims = claims;
    }

    /**
     * Who has a file.
     *
     * @param owner the execution and the bundle, in words
     * @param file the file as they called it, which may differ in case
     */
    public record Holder(String owner, String file) {}

    /** A file that was claimed here. */
    public record Claim(Path file, String owner) {}

    /** Claims a file and returns who has it now: {@code owner}, or the one that came first. */
    public Holder claim(Path output, String owner) {
        Holder holder = new Holder(owner, FileName.unicode(output));
        String first = claims.putIfAbsent(key(output), holder.owner() + "\n" + holder.file());
        if (first == null) {
            own.put(output, new Claim(output, owner));
            return holder;
        }
        int line = first.indexOf('\n');
        Holder other = new Holder(first.substring(0, line), first.substring(line + 1));
        if (other.owner().equals(owner)) {
            own.put(output, new Claim(output, owner));
        }
        return other;
    }

    /** What was claimed through this, by whoever has it. */
    public Collection<Claim> own() {
        return own.values();
    }

    public boolean isClaimed(Path output) {
        return claims.containsKey(key(output));
    }

    /** The same text for all names that some file system takes for one file. */
    private String key(Path output) {
        Path directory = output.getParent();
        Path name = output.getFileName();
        Path file = directory == null || name == null
                ? output
                : realDirectories
                        .computeIfAbsent(directory, OutputClaims::realOrItself)
                        .resolve(name);
        String text = FileName.unicode(file);
        // The tables of Unicode take 10 ms to load, and ASCII has one form alone.
        String composed = FileName.isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static Path realOrItself(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return real(directory);
        }
    }

    /** The path with the links in its existing part resolved. */
    public static Path real(Path path) {
        Path parent = path.getParent();
        Path name = path.getFileName();
        return parent == null || name == null ? path : realOrItself(parent).resolve(name);
    }
}

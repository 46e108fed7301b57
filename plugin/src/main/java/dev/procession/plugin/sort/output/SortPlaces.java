package dev.procession.plugin.sort.output;

import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.name.RawName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * From where to where, checked. Both are real paths: no link in them, so that one can be found inside the other.
 *
 * @param source an existing directory
 * @param output an existing directory, not the source, and not above it
 */
public record SortPlaces(Path source, Path output) {
    private static final String GOAL = " of sort-files";

    /**
     * Resolves and checks what the user typed.
     *
     * @param base what both are relative to
     * @param make whether the output directory is made if it is missing
     */
    public static SortPlaces of(@Nullable String sourceText, @Nullable String outputText, Path base, boolean make)
            throws IOException {
        String typedSource = typed(sourceText, "source", "the directory whose files are to be sorted", GOAL);
        String typedOutput = typed(outputText, "output", "the directory that gets a folder for each extension", GOAL);
        Path source = resolve(base, typedSource);
        Path output = resolve(base, typedOutput);
        if (!Files.exists(source)) {
            throw wrong(
                    "source",
                    typedSource,
                    source,
                    "does not exist; " + orLocale(typedSource, "name a directory that does"));
        }
        if (!Files.isDirectory(source)) {
            throw wrong("source", typedSource, source, "is no directory; name the directory that the files are in");
        }
        source = source.toRealPath();
        Path nearest = output;
        while (!Files.exists(nearest, LinkOption.NOFOLLOW_LINKS) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            String what = nearest.equals(output) ? "is" : "cannot be made, since " + RawName.shown(nearest) + " is";
            throw wrong("output", typedOutput, output, what + " no directory; name another place");
        }
        if (!Files.exists(output) && isLost(typedOutput)) {
            throw wrong("output", typedOutput, output, "cannot be meant; " + orLocale(typedOutput, ""));
        }
        // Checked before anything is made: a mistake must leave nothing behind.
        Path future = nearest.toRealPath().resolve(nearest.relativize(output));
        if (future.equals(source)) {
            throw wrong(
                    "output", typedOutput, output, "is also <source>; sort into another directory, or one inside it");
        }
        if (source.startsWith(future)) {
            throw wrong(
                    "output",
                    typedOutput,
                    output,
                    "holds <source>, " + RawName.shown(source)
                            + ", so sorted files would lie beside those to be sorted; sort into another directory, or"
                            + " one inside <source>");
        }
        if (!make && !Files.exists(output)) {
            return new SortPlaces(source, future);
        }
        try {
            Files.createDirectories(output);
        } catch (IOException e) {
            throw wrong("output", typedOutput, output, "cannot be made: " + Reason.of(e) + "; name another place");
        }
        if (!Files.isWritable(output)) {
            throw wrong(
                    "output", typedOutput, output, "is not writable; change its permissions, or name another place");
        }
        return new SortPlaces(source, output.toRealPath());
    }

    /** An output that files were sorted into; there is no source, so it stands for that as well. */
    public static SortPlaces ofOutput(@Nullable String outputText, Path base) throws IOException {
        String typed = typed(outputText, "output", "the directory that files were sorted into", "");
        Path output = resolve(base, typed);
        if (!Files.isDirectory(output.resolve(OwnPlaces.NAME))) {
            throw wrong(
                    "output",
                    typed,
                    output,
                    "was never sorted into: it has no " + OwnPlaces.NAME + "; name the directory that was");
        }
        Path real = output.toRealPath();
        return new SortPlaces(real, real);
    }

    /** What the goal keeps for itself. */
    public OwnPlaces own() {
        return new OwnPlaces(output.resolve(OwnPlaces.NAME));
    }

    /**
     * The name under which the journal knows a source: relative to the output, so that a project that is moved as a
     * whole keeps its memory, and so that a file is known whichever directory above it is named as source.
     */
    public String keyPrefix() {
        Path root = source.getRoot();
        // On Windows they may be on two drives.
        return root != null && root.equals(output.getRoot())
                ? RawName.of(output.relativize(source)) + "/"
                : RawName.of(source) + "/";
    }

    /** The output as the log shows it: relative to where the user is, if it is below that. */
    public String shownOutput(Path displayDirectory) {
        return output.startsWith(displayDirectory) && !output.equals(displayDirectory)
                ? RawName.shown(displayDirectory.relativize(output))
                : RawName.shown(output);
    }

    private static String typed(@Nullable String value, String element, String meaning, String goal) {
        if (value == null || value.isBlank()) {
            throw new SortFailedException("<" + element + "> is missing: name " + meaning
                    + ", as <" + element + "> in the <configuration>" + goal + ", or with -Dprocession.sort."
                    + element
                    + "=...");
        }
        return value;
    }

    /** What Java makes of letters on a command line that the locale does not have. */
    private static boolean isLost(String typed) {
        return typed.indexOf('\uFFFD') >= 0;
    }

    private static String orLocale(String typed, String advice) {
        return isLost(typed)
                ? "the locale (LC_ALL) has lost letters of it: set a UTF-8 one, such as LC_ALL=C.UTF-8, or write it into"
                        + " the pom"
                : advice;
    }

    /** The raw name of the source, before anything is known of it; empty for a root, or when nothing was said. */
    public static String sourceName(@Nullable String sourceText, Path base) {
        Path name = sourceText == null ? null : resolve(base, sourceText).getFileName();
        return name == null ? "" : RawName.of(name);
    }

    private static Path resolve(Path base, String typed) {
        return RawName.resolve(base, RawName.ofUnicode(typed)).normalize();
    }

    private static SortFailedException wrong(String element, String typed, Path path, String text) {
        String raw = RawName.ofUnicode(typed);
        return new SortFailedException(
                "<" + element + ">" + RawName.shown(raw) + "</" + element + ">: " + RawName.shown(path) + " " + text);
    }
}

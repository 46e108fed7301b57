package dev.procession.plugin.bundle.record;

import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.LastChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The names in a directory that an import could lead to: directories, and files with an ending that an import may leave
 * out. Others come and go without any effect on a bundle: what editors and other plugins leave behind, above all.
 */
public final class NameList {
    private static final Set<String> ENDINGS =
            Set.of("js", "jsx", "ts", "tsx", "mjs", "cjs", "mts", "cts", "css", "json");

    private final Path directory;
    private final List<String> names;

    private NameList(Path directory, List<String> names) {
        this.directory = directory;
        this.names = names;
    }

    /** The names in a directory, but for the build's own, which comes and goes; of links also where they lead. */
    public static NameList of(Path directory, Path ignored, Set<String> moreEndings) throws IOException {
        List<String> names = new ArrayList<>();
        Path own = directory.getFileName();
        // The names of packages may have dots.
        boolean all = own != null
                && (own.toString().equals("node_modules") || own.toString().startsWith("@"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = FileName.of(directory, file);
                int dot = name.lastIndexOf('.');
                String ending = name.substring(dot + 1);
                if (dot != 0
                        && !file.equals(ignored)
                        && (all || dot < 0 || ENDINGS.contains(ending) || moreEndings.contains(ending))) {
                    names.add(Files.isSymbolicLink(file) ? name + "\0" + Files.readSymbolicLink(file) : name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(names);
        return new NameList(directory, names);
    }

    /** The same text for the same names. */
    public String sha256() {
        return Sha256.of(String.join("\0", names).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether one of the files was made, written or moved here after a time. */
    public boolean anyFileSince(long nanos) {
        for (String entry : names) {
            int end = entry.indexOf('\0');
            String name = end < 0 ? entry : entry.substring(0, end);
            try {
                Path file = FileName.resolve(directory, name);
                if (!Files.isDirectory(file) && LastChange.nanos(file) >= nanos) {
                    return true;
                }
            } catch (IOException e) {
                // A link that leads nowhere, or a file that has just gone: it was no input.
            }
        }
        return false;
    }
}

package dev.procession.plugin.sort.copy;

import dev.procession.plugin.report.Shown;
import dev.procession.plugin.sort.name.RawName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes clones with the system's {@code cp --reflink=always}: JDK 17 cannot, and later ones do not say whether they did.
 * Names go to it as bytes, through {@code xargs -0}, so any locale will do.
 */
final class Clones {
    private static final long LIMIT_MINUTES = 60;

    private Clones() {}

    /** Why the file system of a directory makes no clones; null when it does. */
    static @Nullable String obstacle(Path directory) throws IOException {
        Path probe = directory.resolve("probe-clone");
        Path into = directory.resolve("probe-clones");
        try {
            Files.deleteIfExists(into.resolve("probe-clone"));
            Files.createDirectories(into);
            Files.write(probe, new byte[1 << 16]);
            Made made = make(List.of(RawName.of(probe)), into);
            return made.all() ? null : "no clone can be made there (" + made.said() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            Files.deleteIfExists(into.resolve("probe-clone"));
            Files.deleteIfExists(into);
            Files.deleteIfExists(probe);
        }
    }

    /**
     * What came of it.
     *
     * @param all whether all are there; else those that could not be cloned are there as empty files
     * @param said what was said, for people
     */
    record Made(boolean all, String said) {}

    /**
     * Clones files into a directory, under their own names, which must differ.
     *
     * @param files absolute raw paths
     */
    static Made make(List<String> files, Path into) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(
                            "xargs", "-0", "cp", "--reflink=always", "--preserve=mode,timestamps", "-t", ".", "--")
                    .directory(into.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return new Made(false, "there is no program cp that makes clones");
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (OutputStream names = process.getOutputStream()) {
            for (String file : files) {
                names.write(file.getBytes(StandardCharsets.ISO_8859_1));
                names.write(0);
            }
        } catch (IOException e) {
            // It has ended before it read them; what it says tells why.
        }
        process.getInputStream().transferTo(said);
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("cp is not done after " + LIMIT_MINUTES + " minutes; look at the disk");
        }
        String text = said.toString(StandardCharsets.UTF_8).strip();
        return new Made(
                process.exitValue() == 0,
                text.isEmpty()
                        ? "cp ended with " + process.exitValue()
                        : Shown.text(text.lines().findFirst().orElse("")));
    }
}

package dev.procession.plugin.engine;

import dev.procession.plugin.report.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Starts a program, and says in words what the user can do when the system refuses. */
final class Executable {
    private static final long VERSION_SECONDS = 20;

    private Executable() {}

    static String shown(Path file) {
        return Shown.text(file.toString());
    }

    static Process start(ProcessBuilder builder, Path file) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            // Without the cause: Maven would add its words, which say the same once more.
            throw new EngineFailedException("the engine " + shown(file) + " cannot be run: " + reason(file, e));
        }
    }

    private static String reason(Path file, IOException refusal) {
        String text = String.valueOf(refusal.getMessage());
        if (Files.notExists(file)) {
            return "there is no such file";
        }
        if (Files.isDirectory(file)) {
            return "it is a directory";
        }
        if (!Files.isExecutable(file)) {
            return "it is not executable; chmod +x, or name another one in <esbuildExecutable>";
        }
        // The JDK passes on the system's number: EACCES though the bits are right, ENOEXEC, and Windows'
        // BAD_EXE_FORMAT.
        if (text.contains("error=13")) {
            return "permission denied; its file system may be mounted noexec: set <cacheDirectory> to a place from which"
                    + " programs may be run, or <esbuildExecutable>";
        }
        if (text.contains("error=8") || text.contains("error=193") || text.contains("error=216")) {
            return "it is no program for this machine (" + System.getProperty("os.name") + ", "
                    + System.getProperty("os.arch") + ")";
        }
        return text;
    }

    /** What the program says of its version. */
    static String version(Path file) throws IOException, InterruptedException {
        Process process = start(new ProcessBuilder(file.toString(), "--version").redirectErrorStream(true), file);
        try {
            process.getOutputStream().close();
            ErrorText output = new ErrorText(process.getInputStream());
            output.start();
            if (!process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
                throw new EngineFailedException("the engine " + shown(file) + " does not tell its version within "
                        + VERSION_SECONDS + " s; it is no esbuild, so name another one in <esbuildExecutable>");
            }
            String text = output.text();
            if (process.exitValue() != 0 || !text.matches("[0-9]+\\.[0-9]+\\.[0-9]+[-.0-9A-Za-z]*")) {
                throw new EngineFailedException(
                        "the engine " + shown(file) + " is no esbuild: asked for its version it "
                                + (text.isEmpty()
                                        ? "ends with exit code " + process.exitValue()
                                        : "says \"" + firstLine(text) + "\""));
            }
            return text;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return Shown.text(bytes.length > 120 ? line.substring(0, Math.min(80, line.length())) + "..." : line);
    }
}

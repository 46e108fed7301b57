package dev.procession.plugin.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A file from a repository that holds an executable, or is one. A jar may hold many files; the executable is the one
 * called {@code esbuild} or {@code esbuild.exe}.
 */
final class EngineArchive {
    /** Ten times what an engine is. */
    private static final long MOST_BYTES = 150_000_000;

    private final Path file;
    private final Coordinate coordinate;
    private final Platform platform;

    EngineArchive(Path file, Coordinate coordinate, Platform platform) {
        this.file = file;
        this.coordinate = coordinate;
        this.platform = platform;
    }

    /** Takes the executable's bytes. */
    interface Reader {
        String read(InputStream in) throws IOException;
    }

    String read(Reader reader) throws IOException {
        if (!coordinate.extension().equals("jar") && !coordinate.extension().equals("zip")) {
            try (InputStream in = Files.newInputStream(file)) {
                return reader.read(in);
            }
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = executable(zip);
            if (entry.getSize() > MOST_BYTES) {
                throw new EngineFailedException(shown() + ": " + entry.getName() + " has " + entry.getSize()
                        + " bytes; that is no esbuild");
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return reader.read(in);
            }
        } catch (ZipException e) {
            throw new EngineFailedException(
                    shown() + " is damaged (" + e.getMessage() + "); remove it from the local repository and build again",
                    e);
        }
    }

    private ZipEntry executable(ZipFile zip) {
        List<ZipEntry> found = new ArrayList<>();
        zip.stream()
                .filter(entry -> !entry.isDirectory() && entry.getName().matches("(.*/)?" + platform.executableName()))
                .forEach(found::add);
        if (found.size() != 1) {
            throw new EngineFailedException(shown() + " holds "
                    + (found.isEmpty() ? "no file " + platform.executableName() : "several: " + found)
                    + "; a jar for <esbuildArtifact> holds exactly one, such as bin/" + platform.executableName());
        }
        return found.get(0);
    }

    String shown() {
        return coordinate + " (" + Executable.shown(file) + ")";
    }
}

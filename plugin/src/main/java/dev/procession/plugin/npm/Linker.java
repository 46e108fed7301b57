package dev.procession.plugin.npm;

import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Puts the files of a unit into a project: as further names of the same files (hard links), which costs neither room nor time,
 * or as copies where that is impossible, across file systems above all.
 *
 * <p>Not as symbolic links: bundlers resolve them, and then write the place of this machine's cache into their output.
 */
final class Linker {
    private boolean copies;

    /** Whether links were impossible. */
    boolean copies() {
        return copies;
    }

    /**
     * Lays out a package.
     *
     * @param target a folder that is not there yet
     * @throws DamagedUnitException when a file of the unit is not as it was written
     */
    void lay(Placement placement, Path target) throws IOException, DamagedUnitException {
        Path source = placement.source();
        Set<String> directories = new HashSet<>();
        for (Map.Entry<String, Long> entry : placement.content().files().entrySet()) {
            String name = entry.getKey();
            // A thousand files in a JVM that has just started: what is asked of a path here costs more than what
            // is asked of the system. So a name is made a path once, and its folder is told by its text.
            boolean plain = FileName.isAscii(name);
            Path path = plain ? source.getFileSystem().getPath(name) : source;
            Path from = plain ? source.resolve(path) : FileName.resolve(source, name);
            check(placement.unit(), from, entry.getValue());
            Path to = plain ? target.resolve(path) : FileName.resolve(target, name);
            if (directories.add(name.substring(0, Math.max(0, name.lastIndexOf('/'))))) {
                Files.createDirectories(Objects.requireNonNullElse(to.getParent(), target));
            }
            place(from, to);
        }
    }

    private static void check(Unit unit, Path file, long size) throws IOException, DamagedUnitException {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (seen.isRegularFile() && PackageWriter.isAsWritten(size, seen.size(), seen.lastModifiedTime())) {
                return;
            }
            throw new DamagedUnitException(unit.key(), file + " was changed");
        } catch (NoSuchFileException e) {
            throw new DamagedUnitException(unit.key(), file + " is gone");
        }
    }

    private void place(Path from, Path to) throws IOException {
        if (!copies) {
            try {
                Files.createLink(to, from);
                return;
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                throw e;
            } catch (FileSystemException | UnsupportedOperationException e) {
                // Another file system, one without links, too many links to one file, or a cache of another user.
                copies = true;
            }
        }
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
}

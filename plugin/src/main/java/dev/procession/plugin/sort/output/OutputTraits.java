package dev.procession.plugin.sort.output;

import dev.procession.plugin.sort.name.NameFolding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the file system of the output can do. Asked of the file system itself: its name says little, and one system has
 * several kinds mounted.
 *
 * @param folding which names are one
 * @param publishing how files get their names
 * @param links whether a file can have two names
 * @param exactTimes whether a time is kept to the nanosecond
 */
public record OutputTraits(NameFolding folding, Publishing publishing, boolean links, boolean exactTimes) {
    private static final FileTime ODD = FileTime.from(1_500_000_000_123_456_789L, TimeUnit.NANOSECONDS);

    /** Tries it in a directory of the goal's own. */
    public static OutputTraits of(Path own) throws IOException {
        Path file = own.resolve("probe");
        Path link = own.resolve("probe-link");
        Files.deleteIfExists(file);
        Files.deleteIfExists(link);
        try {
            Publishing publishing = publishing(file);
            boolean links = links(file, link);
            Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(ODD, ODD, null);
            boolean exact = Files.getLastModifiedTime(file).equals(ODD);
            return new OutputTraits(NameFolding.of(own), publishing, links, exact);
        } finally {
            Files.deleteIfExists(link);
            Files.deleteIfExists(file);
        }
    }

    private static Publishing publishing(Path file) throws IOException {
        try {
            Files.createFile(file, HalfFile.mode());
            Set<PosixFilePermission> whole =
                    EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.GROUP_WRITE);
            boolean half = HalfFile.is(file);
            Files.setPosixFilePermissions(file, whole);
            return half && Files.getPosixFilePermissions(file).equals(whole) ? Publishing.DIRECT : Publishing.CLAIM;
        } catch (UnsupportedOperationException | IOException e) {
            Files.deleteIfExists(file);
            Files.createFile(file);
            return Publishing.CLAIM;
        }
    }

    private static boolean links(Path file, Path link) {
        try {
            Files.createLink(link, file);
            return true;
        } catch (UnsupportedOperationException | IOException e) {
            return false;
        }
    }
}

package dev.procession.plugin.sort.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The mark of a file that is not whole yet, see {@link Publishing#DIRECT}. */
public final class HalfFile {
    public static final Set<PosixFilePermission> MODE = Set.of(PosixFilePermission.OWNER_WRITE);

    /** For a look into one. */
    public static final Set<PosixFilePermission> READABLE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private HalfFile() {}

    /** What a half file is created with. */
    public static FileAttribute<?> mode() {
        return PosixFilePermissions.asFileAttribute(MODE);
    }

    /** Whether a file is half, and by whom but us should it be? */
    public static boolean is(Path file) throws IOException {
        try {
            return is(Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException | UnsupportedOperationException e) {
            return false;
        }
    }

    static boolean is(BasicFileAttributes attributes) {
        return attributes.isRegularFile()
                && attributes instanceof PosixFileAttributes posix
                && posix.permissions().equals(MODE);
    }
}

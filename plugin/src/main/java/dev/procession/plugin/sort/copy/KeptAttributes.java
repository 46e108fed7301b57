package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.settings.Keep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Set;

/** Gives a copy what {@link Keep} says. */
public record KeptAttributes(Set<Keep> kept) {

    void copy(Path source, Path copy) throws IOException {
        for (Keep one : kept) {
            switch (one) {
                case OWNER -> owner(source, copy);
                case XATTRS -> extended(source, copy);
                case ACL -> acl(source, copy);
            }
        }
    }

    /** The same as far as it goes: nobody but root gives files away, and not every file system has attributes. */
    public void copyWhatCanBe(Path source, Path copy) {
        for (Keep one : kept) {
            try {
                new KeptAttributes(Set.of(one)).copy(source, copy);
            } catch (IOException | UnsupportedOperationException e) {
                // Then the file goes back without.
            }
        }
    }

    private static void owner(Path source, Path copy) throws IOException {
        PosixFileAttributes from = Files.readAttributes(source, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributeView to = Files.getFileAttributeView(copy, PosixFileAttributeView.class);
        PosixFileAttributes now = to.readAttributes();
        if (!now.group().equals(from.group())) {
            to.setGroup(from.group());
        }
        if (!now.owner().equals(from.owner())) {
            to.setOwner(from.owner());
        }
    }

    private static void extended(Path source, Path copy) throws IOException {
        UserDefinedFileAttributeView from = Files.getFileAttributeView(source, UserDefinedFileAttributeView.class);
        UserDefinedFileAttributeView to = Files.getFileAttributeView(copy, UserDefinedFileAttributeView.class);
        if (from == null || to == null) {
            throw new FileSystemException(copy.toString(), null, "there are no extended attributes here");
        }
        for (String name : from.list()) {
            ByteBuffer value = ByteBuffer.allocate(from.size(name));
            from.read(name, value);
            to.write(name, value.flip());
        }
    }

    private static void acl(Path source, Path copy) throws IOException {
        AclFileAttributeView from = Files.getFileAttributeView(source, AclFileAttributeView.class);
        AclFileAttributeView to = Files.getFileAttributeView(copy, AclFileAttributeView.class);
        if (from != null && to != null) {
            to.setAcl(from.getAcl());
        }
    }
}

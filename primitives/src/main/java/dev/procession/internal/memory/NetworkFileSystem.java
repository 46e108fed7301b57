package dev.procession.internal.memory;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * File systems that another machine, or another process (FUSE), serves. JVMs map the archive that they use: when the
 * server goes away, the next page that such a JVM needs ends it with SIGBUS, or never comes. No check beforehand can
 * prevent that, so archives are not kept there. Sessions are not either: a mapping there is not one memory for all, and a
 * lock of a dead process may stay.
 *
 * <p>Asking a dead server even for the attributes of a file may take for ever. On Linux this is therefore answered from
 * the table of mounts, and nothing on a served file system is touched.
 */
public final class NetworkFileSystem {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    /** As many links as Linux follows. */
    private static final int LINKS = 40;

    /**
     * Beside all that runs over FUSE: sshfs, davfs2, rclone, GlusterFS and others are called "fuse" or "fuse.something".
     * What "autofs" will mount is not known before a file is touched.
     */
    private static final Set<String> TYPES = Set.of(
            "9p",
            "afpfs",
            "afs",
            "autofs",
            "beegfs",
            "ceph",
            "cifs",
            "coda",
            "davfs",
            "ftp",
            "fuse",
            "glusterfs",
            "gpfs",
            "lustre",
            "macfuse",
            "ncpfs",
            "nfs",
            "nfs4",
            "orangefs",
            "osxfuse",
            "pvfs2",
            "smb3",
            "smbfs",
            "webdav");

    private NetworkFileSystem() {}

    /**
     * Says on which network file system a path is, whether it exists or not.
     *
     * @return the type, and where known the mount point; empty when the path is on a file system of this machine
     */
    public static Optional<String> of(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        // A drive letter that stands for a share is not recognized: Java does not tell it from a disk.
        if (isUnc(absolute.toString())) {
            return Optional.of("a UNC path");
        }
        if (Files.isReadable(MOUNTS)) {
            // As the JDK reads paths, so that both are equal also where the locale cannot express them.
            Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
            return of(absolute, mounts(new String(Files.readAllBytes(MOUNTS), names)));
        }
        // Other systems: right for a server that answers. A dead hard mount may keep this waiting.
        Path existing = absolute;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        String type = Files.getFileStore(existing).type();
        return isServed(type) ? Optional.of(type) : Optional.empty();
    }

    /** Walks down as the kernel would, but reads no link on a served file system: that alone may take for ever. */
    static Optional<String> of(Path absolute, List<Mount> mounts) throws IOException {
        Path root = absolute.getRoot();
        Path place = root;
        Deque<Path> rest = new ArrayDeque<>();
        Consumer<Path> push = path -> {
            for (int i = path.getNameCount() - 1; i >= 0; i--) {
                rest.push(path.getName(i));
            }
        };
        push.accept(absolute);
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.pop().toString();
            if (name.equals("..")) {
                Path parent = place.getParent();
                place = parent == null ? root : parent;
            } else if (!name.isEmpty() && !name.equals(".")) {
                Path next = place.resolve(name);
                if (!isServed(mountOf(next, mounts).type()) && Files.isSymbolicLink(next)) {
                    if (++links > LINKS) {
                        throw new IOException("too many symbolic links: " + absolute);
                    }
                    Path target = Files.readSymbolicLink(next);
                    place = target.isAbsolute() ? root : place;
                    push.accept(target);
                } else {
                    place = next;
                }
            }
        }
        Mount mount = mountOf(place, mounts);
        return isServed(mount.type()) ? Optional.of(mount.type() + " at " + mount.folder()) : Optional.empty();
    }

    static boolean isServed(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return TYPES.contains(lower) || lower.startsWith("fuse.");
    }

    static boolean isUnc(String path) {
        return path.startsWith("\\\\");
    }

    /** Of the mounts that hold a path the longest counts, and of several in one place the last. */
    private static Mount mountOf(Path path, List<Mount> mounts) {
        Mount found = new Mount("", "");
        for (Mount mount : mounts) {
            if (mount.folder().length() >= found.folder().length() && mount.holds(path.toString())) {
                found = mount;
            }
        }
        return found;
    }

    /** Lines of "device folder type options"; blanks and backslashes in them are octal numbers. */
    static List<Mount> mounts(String table) {
        return table.lines()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length >= 3)
                .map(fields -> new Mount(unescape(fields[1]), fields[2]))
                .toList();
    }

    private static String unescape(String field) {
        return ESCAPE.matcher(field)
                .replaceAll(octal -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(octal.group(1), 8))));
    }

    /**
     * A line of the table.
     *
     * @param folder where it is mounted
     * @param type of the file system
     */
    record Mount(String folder, String type) {

        boolean holds(String path) {
            return folder.equals("/") || path.equals(folder) || path.startsWith(folder + "/");
        }
    }
}

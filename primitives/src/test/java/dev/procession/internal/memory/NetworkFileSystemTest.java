package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.memory.NetworkFileSystem.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions from tables of mounts; {@code NetworkCacheDirectoryIT} has a real one. */
class NetworkFileSystemTest {
    private static final Mount DISK = new Mount("/", "ext4");

    @TempDir
    private Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void resolve() throws IOException {
        // A link on the way to the folder of the tests is none of theirs.
        folder = temporary.toRealPath();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nfs",
                "nfs4",
                "cifs",
                "smb3",
                "smbfs",
                "9p",
                "afs",
                "ceph",
                "glusterfs",
                "lustre",
                "davfs",
                "webdav",
                "afpfs",
                "macfuse",
                "osxfuse",
                "fuse",
                "fuse.sshfs",
                "fuse.rclone",
                "fuse.glusterfs",
                "autofs",
                "NFS"
            })
    void isServed_servedByAMachineOrAProcess_isTrue(String type) {
        assertTrue(NetworkFileSystem.isServed(type));
    }

    /** Ntfs-3g is "fuseblk": a disk of this machine. The last two only begin like others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ext4",
                "xfs",
                "btrfs",
                "zfs",
                "tmpfs",
                "overlay",
                "apfs",
                "hfs",
                "NTFS",
                "exFAT",
                "virtiofs",
                "fuseblk",
                "",
                "nfsd",
                "fusectl"
            })
    void isServed_ofThisMachine_isFalse(String type) {
        assertEquals(false, NetworkFileSystem.isServed(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\server\\share\\cache", "\\\\wsl$\\distribution\\home"})
    void isUnc_share_isTrue(String path) {
        assertTrue(NetworkFileSystem.isUnc(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:\\Users\\me\\AppData\\Local", "\\relative to the drive", "/home/me/.cache", "//home"})
    void isUnc_other_isFalse(String path) {
        assertEquals(false, NetworkFileSystem.isUnc(path));
    }

    @Test
    void mounts_escapedNames_areRead() {
        assertEquals(
                List.of(new Mount("/", "ext4"), new Mount("/a b\\c\td", "nfs4"), new Mount("/x\\y", "tmpfs")),
                NetworkFileSystem.mounts("""
                        /dev/sda1 / ext4 rw,relatime 0 0
                        server:/a\\040b /a\\040b\\134c\\011d nfs4 rw,hard 0 0

                        odd /x\\y tmpfs rw 0 0
                        """));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void of_pathBelowAMount_countsTheLongestOfWholeNames() throws Exception {
        List<Mount> mounts = List.of(
                DISK, new Mount("/remote", "nfs4"), new Mount("/remote/local", "xfs"), new Mount("/re", "cifs"));

        assertEquals(Optional.of("nfs4 at /remote"), of("/remote", mounts));
        assertEquals(Optional.of("nfs4 at /remote"), of("/remote/cache/class-data", mounts));
        assertEquals(Optional.of("nfs4 at /remote"), of("/remote/local/../cache", mounts));
        assertEquals(Optional.of("nfs4 at /remote"), of("/remote/localx", mounts));
        assertEquals(Optional.empty(), of("/remote/local/cache", mounts));
        assertEquals(Optional.empty(), of("/remotes", mounts));
        assertEquals(Optional.of("cifs at /re"), of("/re/motes", mounts));
        assertEquals(Optional.empty(), of("/", mounts));
        assertEquals(Optional.empty(), of("/anywhere", List.of()));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void of_severalMountsInOnePlace_countsTheLast() throws Exception {
        Mount automatic = new Mount("/home", "autofs");
        Mount mounted = new Mount("/home", "ext4");

        assertEquals(Optional.of("autofs at /home"), of("/home/me", List.of(DISK, automatic)));
        assertEquals(Optional.empty(), of("/home/me", List.of(DISK, automatic, mounted)));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void of_linksToAMount_areFollowed() throws Exception {
        Path remote = folder.resolve("remote");
        List<Mount> mounts = List.of(DISK, new Mount(remote.toString(), "fuse.sshfs"));
        Path there = Files.createSymbolicLink(folder.resolve("there"), remote);
        Path around = Files.createSymbolicLink(folder.resolve("around"), Path.of("other/.././there/deep"));
        Files.createDirectory(folder.resolve("other"));

        Optional<String> served = Optional.of("fuse.sshfs at " + remote);
        assertEquals(served, of(there + "/cache", mounts));
        assertEquals(served, of(around + "/cache", mounts));
        assertEquals(Optional.empty(), of(there + "/../cache", mounts));
    }

    /** The mount's folder holds links here, which a walk that reads nothing below it does not see. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void of_linkOnAServedFileSystem_isNotRead() throws Exception {
        Path remote = Files.createDirectory(folder.resolve("remote"));
        Files.createSymbolicLink(remote.resolve("home"), folder);

        assertEquals(
                Optional.of("nfs at " + remote),
                of(remote + "/home/cache", List.of(DISK, new Mount(remote.toString(), "nfs"))));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void of_linkToItself_isAnErrorThatNamesThePath() throws Exception {
        Path circle = folder.resolve("circle");
        Files.createSymbolicLink(circle, circle);

        IOException e = assertThrows(IOException.class, () -> of(circle.toString(), List.of(DISK)));

        assertEquals("too many symbolic links: " + circle, e.getMessage());
    }

    private static Optional<String> of(String path, List<Mount> mounts) throws IOException {
        return NetworkFileSystem.of(Path.of(path), mounts);
    }
}

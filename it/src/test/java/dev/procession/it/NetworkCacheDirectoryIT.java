package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A cache directory on a network file system whose server answers, hangs or is gone: builds go on without an archive and
 * touch nothing there. (A build that hangs fails after {@link MavenBuild#DEADLINE}.)
 */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class NetworkCacheDirectoryIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void cacheDirectory_onANetworkFileSystem_isNotUsed() throws Exception {
        try (SshfsMount mount = SshfsMount.open()) {
            assertDoesWithout(mount, build("network-cache", mount).run());
        }
    }

    @Test
    void cacheDirectory_serverStopsInTheMiddle_buildGoesOn() throws Exception {
        try (SshfsMount mount = SshfsMount.open();
                RunningBuild build = build("network-cache-stops", mount).start()) {
            Eventually.until(
                    LIMIT,
                    () -> "the line of the archive in " + build.log(),
                    () -> build.log().stream().anyMatch(line -> line.contains("without a class-data archive")));
            mount.stopServer();
            assertDoesWithout(mount, build.await());
        }
    }

    @Test
    void cacheDirectory_serverThatNeverAnswers_isNotAsked() throws Exception {
        try (SshfsMount mount = SshfsMount.open()) {
            mount.stopServer();
            assertDoesWithout(mount, build("network-cache-hangs", mount).run());
        }
    }

    @Test
    void cacheDirectory_serverKilled_isNotAsked() throws Exception {
        try (SshfsMount mount = SshfsMount.open()) {
            mount.killServer();
            assertDoesWithout(mount, build("network-cache-server-killed", mount).run());
        }
    }

    @Test
    void cacheDirectory_mountThatNobodyServes_isNotAsked() throws Exception {
        try (SshfsMount mount = SshfsMount.open()) {
            mount.killClient();
            assertDoesWithout(mount, build("network-cache-client-killed", mount).run());
        }
    }

    private static MavenBuild build(String name, SshfsMount mount) throws Exception {
        return MavenBuild.of(
                ProjectCopy.storefront(name), "-X", "process-resources", "-Dprocession.cacheDirectory=" + cache(mount));
    }

    private static Path cache(SshfsMount mount) {
        return mount.folder().resolve("cache");
    }

    private static void assertDoesWithout(SshfsMount mount, BuildResult build) throws Exception {
        build.assertSuccess();
        build.line("[INFO] bundled 12 files", "with 2 workers");
        assertEquals(
                List.of("[DEBUG] workers start without a class-data archive: the cache folder "
                        + cache(mount).resolve("class-data") + " is on a network or FUSE file system ("
                        + SshfsMount.TYPE
                        + " at " + mount.folder()
                        + "): a JVM that maps an archive from it dies when the server goes away"),
                build.lines("class-data").toList(),
                build::toString);
        assertEquals(
                0,
                build.lines("[WARNING]")
                        .filter(line -> line.contains("archive") || line.contains("cache"))
                        .count(),
                build::toString);
        assertEquals(List.of(), mount.servedFiles());
    }
}

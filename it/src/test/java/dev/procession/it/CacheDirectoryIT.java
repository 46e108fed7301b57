package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The class-data archive of the workers: made once, never missed. */
class CacheDirectoryIT {

    @Test
    void cacheDirectory_empty_getsOneArchiveThatLaterBuildsUse() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("cache");
        Path cache = shop.path("cache");

        BuildResult first = MavenBuild.of(shop, "-X", "package", "-Dprocession.cacheDirectory=" + cache)
                .run()
                .assertSuccess();
        first.line("[DEBUG] made the class-data archive");
        List<Path> archives = archives(cache);
        assertEquals(1, archives.size(), first::toString);

        shop.replace("src/main/js/model/order.js", "var next = 1001;", "var next = 2002;");
        BuildResult second = MavenBuild.of(shop, "-X", "package", "-Dprocession.cacheDirectory=" + cache)
                .run()
                .assertSuccess();
        second.line("[INFO] bundled 12 files", "with 2 workers");
        assertEquals(0, second.lines("made the class-data archive").count(), second::toString);
        assertEquals(archives, archives(cache));
    }

    @Test
    void cacheDirectory_thatCannotBeUsed_isNoReasonToFailOrToWarn() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("no-cache");
        shop.write("in-the-way", "a file");
        Path cache = shop.path("in-the-way");

        BuildResult build = MavenBuild.of(shop, "-X", "package", "-Dprocession.cacheDirectory=" + cache)
                .run()
                .assertSuccess();

        assertEquals(
                1,
                build.lines("[DEBUG] workers start without a class-data archive")
                        .count(),
                build::toString);
        build.line("[INFO] bundled 12 files", "with 2 workers");
        assertEquals(
                0,
                build.lines("[WARNING]")
                        .filter(line -> line.contains("archive"))
                        .count(),
                build::toString);
        assertTrue(Files.isRegularFile(cache));
    }

    private static List<Path> archives(Path cache) throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}

package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.eventspy.EventSpy;
import org.junit.jupiter.api.Test;

/**
 * After the goal nothing of it is left in Maven's JVM: a daemon or an IDE keeps that JVM, and Maven closes the goal's
 * class loader, so that a thread that lived on would fail for want of its classes.
 */
class LeftoverIT {

    @Test
    void goal_succeeded_noThreadOrProcessIsLeft() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("leftover");
        assertNothingLeft(shop, 0);
        BundleContent.assertComplete(shop);
    }

    @Test
    void goal_failedInItsWorkers_noThreadOrProcessIsLeft() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("leftover-of-failure");
        Path script = shop.path("src/main/js/core/report.js");
        byte[] bytes = Files.readAllBytes(script);
        bytes[11] = (byte) 0xC3;
        Files.write(script, bytes);
        assertNothingLeft(shop, 1);
    }

    private static void assertNothingLeft(ProjectCopy shop, int exitCode) throws Exception {
        Path spy = TestJar.mavenExtension(shop.path("spy.jar"), EventSpy.class, LeftoverSpy.class);
        Path list = shop.path("leftovers.txt");
        BuildResult build = MavenBuild.of(
                        shop, "process-resources", "-Dmaven.ext.class.path=" + spy, "-Dprocession.it.leftovers=" + list)
                .run();
        assertEquals(exitCode, build.exitCode(), build::toString);
        build.assertNoStackTrace();
        assertEquals(List.of(), Files.readAllLines(list), build::toString);
    }
}

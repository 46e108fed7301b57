package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Builds under a debugger or with an agent: what is meant for Maven's JVM must not reach the workers. */
class EnvironmentIT {

    /** A worker that took over the debugger's address could not start: the port is Maven's. */
    @Test
    void build_underDebugger_workersAreNotAffected() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("debugger");
        BuildResult build = MavenBuild.of(shop, "process-resources")
                .mavenOptions(debugger())
                .environment("JDK_JAVA_OPTIONS", "-Dprocession.it=\"from the environment\"")
                .run()
                .assertSuccess();
        BundleContent.assertComplete(shop);
        assertEquals(1, build.lines("Listening for transport dt_socket").count(), build::toString);
        assertEquals(1, build.lines("Picked up JDK_JAVA_OPTIONS").count(), build::toString);
        assertNoWorkerDied(build);
    }

    @Test
    void build_debuggerForEveryJvm_workersAreNotAffected() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("debugger-everywhere");
        BuildResult build = MavenBuild.of(shop, "process-resources")
                .environment("JAVA_TOOL_OPTIONS", debugger())
                .run()
                .assertSuccess();
        BundleContent.assertComplete(shop);
        assertEquals(1, build.lines("Listening for transport dt_socket").count(), build::toString);
        assertEquals(1, build.lines("Picked up JAVA_TOOL_OPTIONS").count(), build::toString);
        assertNoWorkerDied(build);
    }

    @Test
    void build_withAgent_workersAreNotAffected() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("agent");
        Path witnesses = Files.createDirectories(shop.path("witnesses"));
        Path agent = TestJar.agent(shop.path("agent.jar"), WitnessAgent.class);
        String option = "-javaagent:" + agent + "=" + witnesses;
        try (RunningBuild running = MavenBuild.of(shop, "process-resources")
                .environment("JAVA_TOOL_OPTIONS", option)
                .start()) {
            long maven = running.maven().pid();
            BuildResult build = running.await().assertSuccess();
            try (Stream<Path> files = Files.list(witnesses)) {
                List<String> pids =
                        files.map(file -> file.getFileName().toString()).toList();
                assertEquals(List.of(Long.toString(maven)), pids, build::toString);
            }
            assertNoWorkerDied(build);
        }
        BundleContent.assertComplete(shop);
    }

    private static void assertNoWorkerDied(BuildResult build) {
        assertEquals(0, build.lines("[WARNING]", "worker").count(), build::toString);
    }

    private static String debugger() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
    }
}

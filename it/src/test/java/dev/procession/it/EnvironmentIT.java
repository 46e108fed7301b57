package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
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
        Path agent = agentJar(shop.path("agent.jar"));
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

    private static Path agentJar(Path jar) throws IOException {
        String name = WitnessAgent.class.getName().replace('.', '/') + ".class";
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", WitnessAgent.class.getName());
        try (InputStream code = WitnessAgent.class.getClassLoader().getResourceAsStream(name);
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            if (code == null) {
                throw new IllegalStateException(name);
            }
            out.putNextEntry(new JarEntry(name));
            code.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }
}

package dev.procession.plugin.bundle;

import java.io.IOException;
import java.nio.file.Path;

/** A build in a process of its own, whose files may not grow beyond a limit; it prints what came of it. */
final class LimitedBuild {
    private LimitedBuild() {}

    public static void main(String[] arguments) throws Exception {
        Workshop shop = new Workshop(Path.of(arguments[0]));
        shop.bundle(Spec.of("shop.js", "*.js").typed());
        try {
            System.out.println(shop.run().summary());
        } catch (IOException e) {
            System.out.println("failed: " + e.getMessage());
        }
    }

    /** Runs it with files of at most {@code blocks} times 512 bytes, as POSIX counts them; returns what it prints. */
    static String run(Path project, int blocks) throws IOException, InterruptedException {
        Process build = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f " + blocks + " && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LimitedBuild.class.getName(),
                        project.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(build.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!build.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new AssertionError("the build does not end: " + said);
            }
            return said;
        } finally {
            build.destroyForcibly();
        }
    }
}

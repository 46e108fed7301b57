package dev.procession.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The program of {@link NestedJarIT}: starts a child as it is, then one with the class path that it was given. */
public final class NestedProgram {
    private NestedProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        ChildProcess child = ChildProcess.of(() -> {});
        try {
            child.start();
            System.out.println("started");
        } catch (IllegalStateException e) {
            System.out.println("start: " + e);
        }
        List<Path> classPath = List.of(Path.of(arguments[0]), Path.of(arguments[1]));
        ChildProcess other =
                ChildProcess.of(ChildOptions.builder().classPath(classPath).build(), () -> {});
        other.start();
        System.out.println("with a class path: "
                + (other.join(Duration.ofSeconds(20)) ? other.exitStatus().orElseThrow() : "runs"));
    }
}

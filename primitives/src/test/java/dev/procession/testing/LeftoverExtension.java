package dev.procession.testing;

import dev.procession.process.ChildProcess;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** LG05: when a test class has ended, no child of this JVM is left, and no thread of the library but those of sessions. */
public final class LeftoverExtension implements AfterAllCallback {
    private static final long NANOS = 20_000_000_000L;

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (context.getTestClass()
                .filter(type -> type.getEnclosingClass() != null)
                .isPresent()) {
            return;
        }
        goes(() -> ProcessHandle.current()
                .children()
                .map(LeftoverExtension::describe)
                .collect(Collectors.toList()));
        goes(() -> ChildProcess.activeChildren().stream().map(Object::toString).collect(Collectors.toList()));
        goes(() -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive()
                        && !thread.isDaemon()
                        && thread.getName().startsWith("procession"))
                .map(Thread::toString)
                .collect(Collectors.toList()));
    }

    private static String describe(ProcessHandle child) {
        return child.pid() + " " + child.info().commandLine().orElse("");
    }

    private static void goes(Supplier<List<String>> left) throws InterruptedException {
        long start = System.nanoTime();
        while (!left.get().isEmpty()) {
            if (System.nanoTime() - start > NANOS) {
                throw new AssertionError("left behind: " + left.get());
            }
            Thread.sleep(20);
        }
    }
}

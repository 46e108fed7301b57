package dev.procession.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** LG01: the library's log, here and in children. */
@Timeout(60)
class ProcessLogIT {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @AfterEach
    void usual() {
        ProcessLog.toStandardError(Level.WARNING);
        ProcessLog.setLevel(Level.WARNING);
    }

    private void run(String name, ChildTask body, String... jvmOptions) throws InterruptedException {
        ChildOptions.Builder options = ChildOptions.builder()
                .name(name)
                .output((child, error, line) -> lines.add((error ? "2 " : "1 ") + line));
        for (String option : jvmOptions) {
            options.jvmOption(option);
        }
        ChildProcess child = ChildProcess.of(options.build(), body);
        child.start();
        child.join();
        assertEquals(0, child.exitCode().orElseThrow(), lines::toString);
    }

    @Test
    void level_isTheParents() throws Exception {
        assertEquals("dev.procession", ProcessLog.logger().getName());
        run("a", () -> System.out.println(ProcessLog.level()));
        ProcessLog.setLevel(Level.ERROR);
        run("b", () -> System.out.println(ProcessLog.level()));
        run("c", () -> {
            ChildProcess grandchild = ChildProcess.of(() -> System.out.println(ProcessLog.level()));
            grandchild.start();
            grandchild.join();
        });
        run("d", () -> System.out.println(ProcessLog.level()), "-Dprocession.log=TRACE");
        assertEquals(List.of("1 WARNING", "1 ERROR", "1 [Process-1] ERROR", "1 TRACE"), lines);
    }

    @Test
    void standardError_tellsOfChildren() throws Exception {
        ProcessLog.toStandardError(Level.DEBUG);
        run("outer", () -> {
            ChildProcess inner =
                    ChildProcess.of(ChildOptions.builder().name("inner").build(), () -> {});
            inner.start();
            inner.join();
        });
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).matches("2 \\[DEBUG/outer\\] .*inner.* has started"), lines::toString);
        assertTrue(lines.get(1).matches("2 \\[DEBUG/outer\\] .*inner.* has ended"), lines::toString);
    }

    @Test
    void property_isReadByAChildWhoseParentSaysNothing() throws Exception {
        run("a", () -> System.out.println(ProcessLog.level()), "-Dprocession.log=debug,stderr");
        run("b", () -> System.out.println(ProcessLog.level()), "-Dprocession.log=loud");
        assertEquals("1 DEBUG", lines.get(0));
        assertEquals(
                "2 procession: -Dprocession.log=loud is not understood: it is a level (ALL, TRACE, DEBUG, INFO, WARNING,"
                        + " ERROR, OFF), and \",stderr\" behind it lets the lines go to standard error",
                lines.get(1));
        assertEquals("1 WARNING", lines.get(2));
    }
}

package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.codehaus.plexus.build.BuildContext;
import org.junit.jupiter.api.Test;

class IdeMarksTest {
    private final List<String> heard = new ArrayList<>();

    /** What an IDE hands to plugins, as far as it is spoken to. */
    private BuildContext ide() {
        return (BuildContext) Proxy.newProxyInstance(
                BuildContext.class.getClassLoader(),
                new Class<?>[] {BuildContext.class},
                (proxy, method, arguments) -> {
                    heard.add(method.getName() + Arrays.toString(arguments));
                    return null;
                });
    }

    @Test
    void add_inAnIde_fileLineColumnAndSeverityArrive() {
        IdeMarks marks = new IdeMarks(this::ide);
        File file = new File("a.ts");
        marks.clear(Path.of("a.ts"));
        marks.add(Path.of("a.ts"), 3, 7, "wrong", true);
        marks.add(Path.of("a.ts"), 4, 1, "odd", false);
        assertEquals(
                List.of(
                        "removeMessages[" + file + "]",
                        "addMessage[" + file + ", 3, 7, wrong, 2, null]",
                        "addMessage[" + file + ", 4, 1, odd, 1, null]"),
                heard);
    }
}

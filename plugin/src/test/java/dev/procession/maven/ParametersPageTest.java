package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages know every parameter that the code has. */
class ParametersPageTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path DESCRIPTOR = Path.of("target/classes/META-INF/maven/plugin.xml");
    private static final Pattern PROPERTY = Pattern.compile("-D(procession(?:\\.[\\w-]+)+)");
    private static final Pattern GOAL =
            Pattern.compile("procession(?:-maven-plugin)?(?::[0-9][\\w.-]*)?:([a-z]+(?:-[a-z]+)?)(?![\\w:-])");
    private static final Path PAGE = DOCS.resolve("parameters.md");

    @Test
    void page_descriptorOfThePlugin_isThePage() throws Exception {
        String expected = ParametersPage.of(DESCRIPTOR);
        if (Boolean.getBoolean("procession.docs.write")) {
            Files.writeString(PAGE, expected);
        }
        assertEquals(
                expected,
                Files.readString(PAGE),
                PAGE + " is not what the goals have; -Dprocession.docs.write=true writes it anew");
    }

    @Test
    void bundlePages_everyElementOfABundle_isOnOne() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (String page : List.of("bundle-js.md", "bundle-modules.md", "bundle-outputs.md")) {
            pages.append(Files.readString(DOCS.resolve(page)));
        }
        List<String> missing = Stream.of(Bundle.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())
                        && !field.isSynthetic())
                .map(Field::getName)
                .filter(name -> pages.indexOf("`<" + name + ">") < 0)
                .toList();
        assertTrue(missing.isEmpty(), "on no page: " + missing);
    }

    @Test
    void pages_everyPropertyAndGoalOnACommandLine_exists() throws IOException {
        String known = Files.readString(DESCRIPTOR);
        StringBuilder code = new StringBuilder();
        for (Path sources : List.of(Path.of("src/main/java"), Path.of("../primitives/src/main/java"))) {
            for (Path file : files(sources, ".java")) {
                code.append(Files.readString(file));
            }
        }
        List<String> strange = new ArrayList<>();
        List<Path> pages = new ArrayList<>(files(DOCS, ".md"));
        pages.add(Path.of("../README.md"));
        for (Path page : pages) {
            String text = Files.readString(page);
            PROPERTY.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !known.contains("${" + name + "}") && code.indexOf('"' + name + '"') < 0)
                    .forEach(name -> strange.add(page + ": -D" + name));
            GOAL.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !known.contains("<goal>" + name + "</goal>"))
                    .forEach(name -> strange.add(page + ": " + name));
        }
        assertEquals(List.of(), strange, "the code has no such property or goal");
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}

package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages know every parameter that the code has. */
class ParametersPageTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path PAGE = DOCS.resolve("parameters.md");

    @Test
    void page_descriptorOfThePlugin_isThePage() throws Exception {
        String expected = ParametersPage.of(Path.of("target/classes/META-INF/maven/plugin.xml"));
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
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .map(Field::getName)
                .filter(name -> pages.indexOf("`<" + name + ">") < 0)
                .toList();
        assertTrue(missing.isEmpty(), "on no page: " + missing);
    }
}

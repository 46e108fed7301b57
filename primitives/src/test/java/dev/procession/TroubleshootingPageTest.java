package dev.procession;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of messages tells those that the code has, and knows every exception of the library. */
class TroubleshootingPageTest {
    private static final Path PAGE = Path.of("../docs/troubleshooting.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern MESSAGE = Pattern.compile("`([^`]*\\.\\.\\.[^`]*)`");

    /** Shorter pieces are found anywhere. */
    private static final int TELLING = 8;

    @Test
    void page_everyMessageOnIt_isInTheSources() throws IOException {
        String sources = sources();
        List<String> strange = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .flatMap(line -> MESSAGE.matcher(line).results().map(found -> found.group(1)))
                .flatMap(message -> Stream.of(message.split("\\.\\.\\.", -1)))
                .map(piece -> piece.strip().replaceAll("^[:;,] *|[:;,(]$", "").replace("\"", "\\\""))
                .filter(piece -> piece.length() >= TELLING && !sources.contains(piece))
                .toList();
        assertEquals(List.of(), strange, "nothing in the sources says so");
    }

    @Test
    void page_everyExceptionOfTheLibrary_isOnIt() throws IOException {
        String page = Files.readString(PAGE);
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> missing = files.filter(file -> !file.toString().contains("internal"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Exception.java") && !name.equals("ProcessionException.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .filter(name -> !page.contains("`" + name + "`"))
                    .toList();
            assertTrue(missing.isEmpty(), "not on " + PAGE + ": " + missing);
        }
    }

    /** All sources, with texts that are put together over several lines in one piece. */
    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TroubleshootingPageTest::read)
                    .collect(Collectors.joining())
                    .replaceAll("\"\\s*\\+ \"", "");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package dev.procession;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java that the README and the pages show compiles as it stands there, and runs. */
@Timeout(120)
class PagesCodeIT {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```");

    /** Its code is a sample project of its own, and is compared with it. */
    private static final String OWN_EXAMPLES = "own-examples.md";

    private static final String IMPORTS = """
            import dev.procession.*;
            import dev.procession.channel.*;
            import dev.procession.manager.*;
            import dev.procession.pool.*;
            import dev.procession.process.*;
            import dev.procession.session.*;
            import dev.procession.shared.*;
            import dev.procession.sync.*;
            import java.net.SocketAddress;
            import java.nio.file.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;
            """;

    /** What the pages' code takes as given: a reader has something like it. */
    private static final String GIVEN = """
            class Given {
                static List<Path> jars = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                        .map(Path::of)
                        .toList();
                static List<java.io.File> files = List.of(new java.io.File("log"), new java.io.File("log"));
                static ChildProcess child;
                static PipeEnd<String> pipeEnd;
                static ProcessEvent stop;
            }

            record Size(long bytes) implements java.io.Serializable {}

            class Thumbs {
                static Size shrink(java.io.File file) {
                    return new Size(file.length());
                }
            }

            class Codecs {
                static void load() {}
            }
            """;

    /** Waits for ever by design, or attaches to what a reader has. */
    private static final Pattern ONLY_COMPILED = Pattern.compile("Session\\.attach\\(Path|\\{ \\.\\.\\. }");

    @TempDir
    Path directory;

    private Path classes;

    @BeforeEach
    void makeDirectory() throws IOException {
        classes = Files.createDirectory(directory.resolve("classes"));
        Files.writeString(directory.resolve("log"), "one\ntwo\n");
    }

    @Test
    void code_ofEveryPage_compilesAndRuns() throws Exception {
        List<String> blocks = blocks();
        assertTrue(blocks.size() >= 10, "blocks: " + blocks.size());
        StringBuilder source = new StringBuilder(IMPORTS).append(GIVEN);
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            String block = blocks.get(i);
            source.append("class Block")
                    .append(i)
                    .append(" extends Given {\n    static void run() throws Exception {\n")
                    .append(block.replace("{ ... }", "{ break; }"))
                    .append("    }\n}\n\n");
            if (!ONLY_COMPILED.matcher(block).find()) {
                calls.append("        Block").append(i).append(".run();\n");
            }
        }
        source.append("public class Main {\n    public static void main(String[] arguments) throws Exception {\n")
                .append(calls)
                .append("        System.out.println(\"all have run\");\n    }\n}\n");
        compile(source.toString());
        String said = runMain();
        assertTrue(said.contains("hello from "), said);
        assertTrue(said.contains("HELLO"), said);
        assertTrue(said.contains("two"), said);
        assertTrue(said.endsWith("all have run\n"), said);
    }

    private static List<String> blocks() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md") && !page.endsWith(OWN_EXAMPLES))
                    .sorted()
                    .forEach(pages::add);
        }
        List<String> blocks = new ArrayList<>();
        for (Path page : pages) {
            Matcher found = BLOCK.matcher(Files.readString(page));
            while (found.find()) {
                blocks.add(found.group(1));
            }
        }
        return blocks;
    }

    private void compile(String source) throws Exception {
        Path file = Files.writeString(directory.resolve("Main.java"), source);
        run("javac", "-encoding", "UTF-8", "-d", classes.toString(), "-cp", library(), file.toString());
    }

    private String runMain() throws Exception {
        return run("java", "-cp", classes + File.pathSeparator + library(), "Main");
    }

    private String run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, Path.of(System.getProperty("java.home"), "bin", program).toString());
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "no end: " + said);
        assertEquals(0, process.exitValue(), said);
        return said.replace("\r\n", "\n");
    }

    private static String library() {
        return System.getProperty("java.class.path");
    }
}

package dev.procession.it;

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

/**
 * A command that a page shows.
 *
 * @param page the page's path from the root of the repository, with slashes
 * @param words the command as a shell would take it apart
 */
record DocumentedCommand(String page, List<String> words) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:sh|bash|console)\\n(.*?)^```");
    private static final Pattern ANY_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern IN_TEXT = Pattern.compile("`(mvn\\s[^`]+)`");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    /** Every line of every block of shell commands, in the README and below {@code docs} and {@code sample-projects}. */
    static List<DocumentedCommand> all(Path repository) throws IOException {
        List<DocumentedCommand> commands = new ArrayList<>();
        for (Path page : pages(repository)) {
            String name = repository.relativize(page).toString().replace('\\', '/');
            Matcher blocks = BLOCK.matcher(Files.readString(page));
            while (blocks.find()) {
                blocks.group(1)
                        .replace("\\\n", " ")
                        .lines()
                        .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .forEach(line -> commands.add(new DocumentedCommand(name, words(line))));
            }
        }
        return commands;
    }

    /** Every call of Maven that stands within a sentence or a table of the same pages. */
    static List<DocumentedCommand> inText(Path repository) throws IOException {
        List<DocumentedCommand> commands = new ArrayList<>();
        for (Path page : pages(repository)) {
            String name = repository.relativize(page).toString().replace('\\', '/');
            String text = ANY_BLOCK.matcher(Files.readString(page)).replaceAll("");
            IN_TEXT.matcher(text)
                    .results()
                    .forEach(found -> commands.add(new DocumentedCommand(name, words(found.group(1)))));
        }
        return commands;
    }

    private static List<Path> pages(Path repository) throws IOException {
        List<Path> pages =
                new ArrayList<>(List.of(repository.resolve("README.md"), repository.resolve("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "sample-projects")) {
            try (Stream<Path> all = Files.walk(repository.resolve(folder), 2)) {
                all.filter(path -> path.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }

    String program() {
        return words.get(0);
    }

    String[] arguments() {
        return words.subList(1, words.size()).toArray(new String[0]);
    }

    /** Runs a command {@code java ...} in a project and returns what it prints; an exit code other than 0 fails. */
    String java(ProjectCopy place) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(words);
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The pages show the separator of Unix.
        command.replaceAll(word -> word.replace(":target", File.pathSeparator + "target"));
        Process java = new ProcessBuilder(command)
                .directory(place.root().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(java.waitFor(60, TimeUnit.SECONDS), () -> "no end: " + said);
        assertEquals(0, java.exitValue(), said);
        return said;
    }

    @Override
    public String toString() {
        return page + ": " + String.join(" ", words);
    }
}

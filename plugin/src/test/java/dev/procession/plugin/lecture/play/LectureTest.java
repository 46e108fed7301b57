package dev.procession.plugin.lecture.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.lecture.Language;
import dev.procession.plugin.lecture.Terminal;
import dev.procession.plugin.lecture.Texts;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.lecture.page.Bilingual;
import dev.procession.process.ChildProcess;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be asked for, and how mistakes are told. Examples in here start no process. */
class LectureTest {
    @TempDir
    Path directory;

    private Hall hall;

    @BeforeEach
    void open() {
        hall = new Hall(directory.resolve("demo"));
        // Three are enough here, however many there are.
        hall.programme = new Programme(hall.programme.topics().subList(0, 3));
    }

    /** A topic of its own in which one thing is true. */
    private void easy() {
        hall.playing("01", "process", () -> stage -> {
            stage.say("one line");
            stage.check("pids", 1, 1);
        });
    }

    @Test
    void run_noExample_listsThem() throws Exception {
        hall.example = null;
        assertEquals(
                "demo: 3 examples; play one with -Dprocession.demo.example=01, or all of them with =all",
                hall.run().summary());
        assertEquals(
                List.of(
                        "The examples of the lecture:",
                        "  01  process           A process and its exit code",
                        "  02  process-as-class  A process as a class",
                        "  03  join              Waiting for the end of a process"),
                hall.told);
        assertTrue(Files.notExists(hall.directory));
    }

    @ParameterizedTest
    @CsvSource({
        "01, 01",
        "1, 01",
        "process, 01",
        "Process-As-Class, 02",
        "'03,1', 03 01",
        "' 2 , join,02', 02 03",
        "all, 01 02 03",
        "'join,all', 03 01 02"
    })
    void choose_numbersAndNames_areFound(String typed, String numbers) {
        assertEquals(
                List.of(numbers.split(" ")),
                hall.programme.choose(typed).stream().map(Topic::number).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "jion, jion, '; did you mean join?'",
        "'01,proces', proces, '; did you mean process?'",
        "process-a-class, process-a-class, '; did you mean process-as-class?'",
        "04, 04, ''",
        "'01,', '', ''",
        "ї, ї, ''"
    })
    void run_unknownExample_namesWhatThereIs(String typed, String word, String guess) {
        hall.example = typed;
        assertEquals(
                "<example> (procession.demo.example) must name examples: example=" + typed + ", where \"" + word
                        + "\" is none" + guess + "; there are 01 process, 02 process-as-class, 03 join, all, or several"
                        + " with commas between them",
                hall.fail().getMessage());
        assertEquals(List.of(), hall.told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "fast", "", "0.001", "1e9"})
    void run_badSpeed_namesIt(String speed) {
        easy();
        hall.speed = speed;
        assertEquals(
                "<speed> (procession.demo.speed) must be a number from 0.01 to 100, such as 0.5 for waits of double"
                        + " length: speed=" + speed,
                hall.fail().getMessage());
        assertEquals(List.of(), hall.told);
    }

    @Test
    void run_unknownLanguage_namesThoseThereAre() {
        easy();
        hall.language = "fr";
        assertEquals(
                "<language> (procession.demo.language) must be en (English) or uk (Ukrainian): language=fr",
                hall.fail().getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "uk, , Процес і його код завершення",
        "uk, EN, A process and its exit code",
        "en, uk, Процес і його код завершення",
        "de, , A process and its exit code"
    })
    void run_language_isTheTypedOneOrTheLocales(String locale, String typed, String title) throws Exception {
        easy();
        hall.locale = Locale.forLanguageTag(locale);
        hall.language = typed;
        hall.run();
        assertEquals("01 process: " + title, hall.told.get(0));
    }

    @Test
    void run_consoleWithoutTheLetters_saysSoOnceAndWritesThemToTheFile() throws Exception {
        easy();
        hall.language = "uk";
        hall.console = StandardCharsets.US_ASCII;
        hall.run();
        assertEquals(
                List.of(
                        "this console (US-ASCII) cannot print the language that was asked for, uk, so the lecture is given"
                                + " in English here; set a UTF-8 locale, such as LC_ALL=C.UTF-8, or read the files in "
                                + hall.directory),
                hall.warnings);
        assertEquals("01 process: A process and its exit code", hall.told.get(0));
        String file = Files.readString(hall.directory.resolve("01-process.txt"));
        assertTrue(file.startsWith("01 process: Процес і його код завершення\n"), file);
    }

    @Test
    void run_played_writesWhatItToldAndNothingElse() throws Exception {
        easy();
        hall.run();
        hall.told.clear();
        assertTrue(
                hall.run()
                        .summary()
                        .matches("demo: 1 example, 1 check, all hold in \\d+\\.\\d\\d s; pages: .*index\\.html"),
                hall.run().summary());
        hall.told.clear();
        hall.run();
        assertEquals(hall.told, Files.readAllLines(hall.directory.resolve("01-process.txt")));
        assertTrue(
                hall.told.stream().anyMatch(line -> line.endsWith(" s  main         | one line")),
                hall.told.toString());
        try (Stream<Path> files = Files.list(hall.directory)) {
            assertEquals(
                    List.of("01-process.html", "01-process.trace.json", "01-process.txt", "index.html"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void texts_bothLanguages_sayTheSameThings() {
        Texts english = new Texts(Language.EN);
        assertEquals(english.keys(), new Texts(Language.UK).keys());
        assertTrue(english.canBePrintedIn(StandardCharsets.US_ASCII));
        assertFalse(new Texts(Language.UK).canBePrintedIn(StandardCharsets.ISO_8859_1));
    }

    @Test
    void time_bothLanguages_asPeopleWriteIt() {
        assertEquals("0.35 ms", new Texts(Language.EN).time(350_000));
        assertEquals("0,35 мс", new Texts(Language.UK).time(350_000));
        assertEquals("0,61 с", new Texts(Language.UK).time(610_000_000));
        assertEquals("0,61\u00a0с", new Bilingual().time(610_000_000).uk());
    }

    @Test
    void run_checkBroken_failsWithTheFacts() {
        hall.playing("03", "join", () -> stage -> {
            stage.check("timeout", false, false);
            stage.check("cut-off", -15, 0);
        });
        assertEquals(
                "demo: 1 of 1 example failed:" + System.lineSeparator()
                        + "  - 03 join, check cut-off (daemons without join() are cut off: they fell asleep, never woke up,"
                        + " and have code -15): expected -15, observed 0" + System.lineSeparator()
                        + "  The pages and transcripts are in " + hall.directory,
                hall.fail().getMessage());
        assertEquals(1, hall.checks("ok").size());
        assertEquals(1, hall.checks("BROKEN").size());
    }

    @Test
    void run_codesOfAChildThatStillRuns_saysThatItIsToBeJoined() {
        hall.playing("03", "join", () -> stage -> {
            ChildProcess child = stage.child("Sleeper", () -> TimeUnit.HOURS.sleep(1));
            child.start();
            stage.codes(List.of(child));
        });
        String message = hall.fail().getMessage();
        assertTrue(
                message.contains("child \"Sleeper\" still runs, and has no exit code yet: join() it first"), message);
    }

    @Test
    void run_loopThatPrintsWithoutEnd_doesNotFillTheLogOrThePage() throws Exception {
        int printed = 3000;
        hall.playing("01", "process", () -> stage -> {
            for (int i = 1; i <= printed; i++) {
                stage.say("line no. " + i);
            }
            stage.check("pids", 1, 1);
        });
        hall.run();
        Path file = hall.directory.resolve("01-process.txt");
        List<String> lines = hall.told.stream()
                .filter(line -> line.contains("line no. ") || line.contains(file.toString()))
                .toList();
        assertEquals(1001, lines.size());
        assertEquals("    ... all further lines are only in the file: " + file, lines.get(1000));
        assertTrue(Files.readString(file).contains("line no. " + printed));
        String page = Files.readString(hall.directory.resolve("01-process.html"));
        assertTrue(page.contains("line no. 1000<") && !page.contains("line no. 1001<"), "lines on the page");
        assertTrue(page.contains("<a href=\"01-process.txt\">"), "where the others are");
    }

    @Test
    void run_nothingChecked_isNoSuccess() {
        hall.playing("03", "join", () -> stage -> {});
        assertTrue(hall.fail().getMessage().contains("  - 03 join has checked nothing"));
    }

    @Test
    void run_terminalAndNoExample_asksUntilItIsUnderstood() throws Exception {
        easy();
        hall.example = null;
        FakeTerminal terminal = new FakeTerminal("proces", "process");
        hall.terminal = terminal;
        assertEquals(1, hall.run().checks());
        assertEquals(2, terminal.questions.size());
        assertTrue(hall.warnings.get(0).contains("did you mean"), hall.warnings.toString());
        assertEquals("The examples of the lecture:", hall.told.get(0));
    }

    @Test
    void run_terminalAndNothingTyped_playsNothing() throws Exception {
        easy();
        hall.example = null;
        hall.terminal = new FakeTerminal("");
        assertEquals(0, hall.run().checks());
        assertTrue(Files.notExists(hall.directory));
    }

    @Test
    void run_terminal_showsTheLanesBelowTheLinesAndTakesThemAway() throws Exception {
        FakeTerminal terminal = new FakeTerminal();
        hall.terminal = terminal;
        hall.playing("01", "process", () -> stage -> {
            stage.say("one line");
            stage.until("lanes were drawn", () -> terminal.text().contains("main "));
            stage.say("another line");
            stage.check("pids", 1, 1);
        });
        hall.run();
        String text = terminal.text();
        // What is too wide for the terminal is cut: in a second row it would stay behind.
        assertTrue(text.contains("\u001b[?7lmain           ="), text);
        assertEquals(text.split("\\?7l", -1).length, text.split("\\?7h", -1).length);
        // As often as they were drawn they were taken away: the last thing that a terminal gets is that.
        assertTrue(text.endsWith("\r\u001b[1A\u001b[J"), text);
    }

    private static final class FakeTerminal implements Terminal {
        private final List<String> questions = new ArrayList<>();
        private final Deque<String> answers;
        private final StringWriter text = new StringWriter();

        FakeTerminal(String... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        String text() {
            return text.toString();
        }

        @Override
        public int columns() {
            return 60;
        }

        @Override
        public void print(String printed) {
            text.append(printed);
        }

        @Override
        public Optional<String> ask(String question) {
            questions.add(question);
            return Optional.ofNullable(answers.poll());
        }
    }
}

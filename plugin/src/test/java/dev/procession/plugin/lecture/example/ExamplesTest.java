package dev.procession.plugin.lecture.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.ExampleCode;
import dev.procession.plugin.lecture.Language;
import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.plugin.lecture.StartingGate;
import dev.procession.plugin.lecture.Texts;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.lecture.page.ExampleSources;
import dev.procession.plugin.lecture.play.Hall;
import dev.procession.plugin.lecture.play.LectureResult;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.process.ProcessExit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples with real child processes; and sabotaged, to see that each check can turn red, and no other with it. */
@Timeout(120)
class ExamplesTest {
    private static final boolean ALL = Boolean.getBoolean("procession.demo.everything");

    @TempDir
    Path directory;

    private Hall hall;

    @BeforeAll
    static void makeArchive(@TempDir Path none) throws InterruptedException {
        assertTrue(ExampleCode.get().archive(new Hall(none)).isPresent());
    }

    @BeforeEach
    void open() {
        hall = new Hall(directory.resolve("demo"));
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        // A watching thread is the last to end, a moment after what it has watched.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!left().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertEquals(List.of(), left());
    }

    private static List<String> left() {
        return Stream.concat(
                        ProcessHandle.current()
                                .children()
                                .filter(ProcessHandle::isAlive)
                                .map(ProcessHandle::toString),
                        Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("procession")))
                .toList();
    }

    static List<String> speeds() {
        return List.of("1", "2", "100");
    }

    /**
     * All of them, one after the other: on a machine that is busy this takes minutes. Each has a limit of its own. In the usual
     * build they are played once, by the sample project lecture-hall, of which DemoIT sees that it made all checks.
     */
    @EnabledIfSystemProperty(named = "procession.demo.everything", matches = "true")
    @Timeout(400)
    @ParameterizedTest
    @MethodSource("speeds")
    void run_all_holds(String speed) throws Exception {
        hall.speed = speed;
        LectureResult result = hall.run();
        long checks = new Texts(Language.EN)
                .keys().stream().filter(key -> key.contains(".check.")).count();
        assertEquals(Syllabus.topics().size(), result.examples());
        assertEquals(checks, result.checks());
        assertEquals(checks, hall.checks("ok").size());
        for (Topic topic : Syllabus.topics()) {
            String file = topic.number() + "-" + topic.name() + ".txt";
            assertTrue(Files.size(hall.directory.resolve(file)) > 500, file);
        }
        assertEquals(List.of(), hall.warnings);
    }

    /** In the usual run the first one of each class of an example; all of them in the profile "long". */
    static List<Arguments> sabotages() {
        List<Arguments> chosen = new ArrayList<>();
        for (List<Arguments> ofExample : sabotagesByExample()) {
            chosen.addAll(ALL ? ofExample : ofExample.subList(0, 1));
        }
        return chosen;
    }

    private static List<List<Arguments>> sabotagesByExample() {
        List<List<Arguments>> all = new ArrayList<>(sabotagesOfTheBeginning());
        all.addAll(SharingSabotages.all());
        all.addAll(PassingSabotages.all());
        return all;
    }

    private static List<List<Arguments>> sabotagesOfTheBeginning() {
        return List.of(
                List.of(
                        sabotage("lines", () -> new OwnProcesses() {
                            @Override
                            ChildTask greeting() {
                                return Sabotage::greetInTwoLines;
                            }
                        }),
                        sabotage("pids", () -> new OwnProcesses() {
                            @Override
                            ChildTask greeting() {
                                return Sabotage::greetAsTheParent;
                            }
                        })),
                List.of(
                        sabotage("none-while-running", () -> new ExitCodes() {
                            @Override
                            OptionalInt codeWhileRunning(ChildProcess child) throws InterruptedException {
                                child.terminate();
                                child.join();
                                return super.codeWhileRunning(child);
                            }
                        }),
                        sabotage("codes", () -> new ExitCodes() {
                            @Override
                            ChildTask exiting() {
                                return () -> {
                                    throw new ProcessExit(4);
                                };
                            }
                        })),
                List.of(
                        sabotage("constructor", () -> accountant(Sabotage.BornInTheChild::new)),
                        sabotage("run", () -> accountant(Sabotage.GivesTheParentsPid::new)),
                        sabotage("state", () -> accountant(Sabotage::forgetful)),
                        sabotage("methods", () -> accountant(Sabotage.SkipsFive::new)),
                        sabotage("copy", () -> accountant(Sabotage.CountsHereToo::new))),
                List.of(
                        sabotage("timeout", () -> new Join() {
                            @Override
                            boolean joinBriefly(ChildProcess child, StartingGate gate) throws Exception {
                                gate.open();
                                return child.join(Duration.ofSeconds(30));
                            }
                        }),
                        sabotage("waited", () -> new Join() {
                            @Override
                            ChildProcess sleeper(Stage stage, int number, String gate, long nap) {
                                return super.sleeper(stage, number, gate, 0);
                            }
                        }),
                        sabotage("together", () -> new Join() {
                            @Override
                            ChildProcess sleeper(Stage stage, int number, String gate, long nap) {
                                // As if each had waited for the one before it.
                                return super.sleeper(stage, number, gate, number * nap);
                            }
                        }),
                        sabotage("end-is-last", () -> new Join() {
                            @Override
                            void finish(Stage stage, List<ChildProcess> children) throws InterruptedException {
                                stage.say("End program");
                                for (ChildProcess child : children) {
                                    child.join();
                                }
                            }
                        })),
                List.of(sabotage("cut-off", () -> new WithoutJoin() {
                    @Override
                    ChildProcess daemon(Stage stage, String name) {
                        return stage.child(name, () -> sleep(50));
                    }

                    @Override
                    void endOfMain(List<ChildProcess> daemons) {
                        // They may end by themselves.
                    }
                })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sabotages")
    void run_sabotaged_breaksExactlyItsCheck(String check, Supplier<Example> example) {
        // By what it is made of, since two examples may have checks of one name.
        Example sabotaged = example.get();
        Topic topic = Syllabus.topics().stream()
                .filter(one -> one.examples().stream()
                        .anyMatch(maker -> maker.get().getClass().isInstance(sabotaged)))
                .findFirst()
                .orElseThrow();
        hall.playing(topic.number(), topic.name(), example);
        // So long a time that children which do not take it are done before, on whatever machine.
        // For the others the waits are as short as they may be; the profile "long" breaks all at the usual speed.
        hall.speed = List.of("waited", "rounds").contains(check) ? "0.05" : ALL ? "1" : "100";
        String message = hall.fail().getMessage();
        assertTrue(message.contains("  - " + topic.numberAndName() + ", check " + check + " ("), message);
        assertEquals(1, hall.checks("BROKEN").size(), hall.told.toString());
    }

    @Test
    void sabotages_coverEveryCheck() {
        List<Arguments> all = new ArrayList<>();
        sabotagesByExample().forEach(all::addAll);
        List<String> sabotaged = all.stream()
                .map(arguments -> (String) arguments.get()[0])
                .sorted()
                .toList();
        List<String> stated = new Texts(Language.EN)
                .keys().stream()
                        .filter(key -> key.contains(".check."))
                        .map(key -> key.substring(key.lastIndexOf('.') + 1))
                        .sorted()
                        .toList();
        assertEquals(stated, sabotaged);
    }

    @Test
    void sources_ofEveryExample_fitOnAPage() throws Exception {
        Path folder = Path.of("src/main/java", Syllabus.class.getPackageName().replace('.', '/'));
        for (Topic topic : Syllabus.topics()) {
            for (Supplier<Example> maker : topic.examples()) {
                Example example = maker.get();
                for (Class<?> type : Stream.concat(Stream.of(example.getClass()), example.readWith().stream())
                        .toList()) {
                    Path source = folder.resolve(type.getSimpleName() + ".java");
                    // As they are shown: package and imports are left out there.
                    long lines = Files.readAllLines(source).stream()
                            .dropWhile(line -> line.isBlank() || line.matches("(package|import) .*"))
                            .count();
                    assertTrue(lines <= 72, source + " shows more than 72 lines: " + lines);
                }
            }
        }
    }

    @Test
    void python_ofEveryTopic_isThere() throws Exception {
        for (Topic topic : Syllabus.topics()) {
            String idiom = new ExampleSources(List.of()).python(topic).orElse("");
            assertTrue(idiom.contains("if __name__ == \"__main__\":"), topic.numberAndName());
        }
    }

    @Test
    void run_exampleHangs_isEndedAndTheOthersArePlayed() throws Exception {
        Topic hangs = new Topic("01", "process", List.of(() -> stage -> {
            ChildProcess child = stage.child("sleeper", ExitCodes::sleep);
            child.start();
            stage.await(child, "asleep");
            child.join();
        }));
        Topic plays = new Topic("03", "join", List.of(WithoutJoin::new));
        String message = "";
        String limit = "";
        // Where a child needs longer than that to come up, there is more time, and so a lane to be drawn.
        for (int seconds : new int[] {3, 12, 40}) {
            open();
            hall.playing(List.of(hangs, plays));
            hall.limit = Duration.ofSeconds(seconds);
            limit = seconds + ".0 s";
            message = hall.fail().getMessage();
            if (hall.told.stream().anyMatch(line -> line.endsWith("| asleep")) && !message.contains("2 of 2")) {
                break;
            }
        }
        assertTrue(message.startsWith("demo: 1 of 2 examples failed:"), message);
        assertTrue(
                message.contains("  - 01 process did not end within " + limit + ", and was ended (it was at "),
                message);
        assertTrue(message.matches("(?s).*Its lanes .*main +=.*sleeper +[-~]*=.*processes.*deadlocks: 0.*"), message);
        assertEquals(1, hall.checks("ok").size());
        String file = Files.readString(hall.directory.resolve("01-process.txt"));
        assertTrue(file.contains("sleeper      | asleep"), file);
        assertTrue(file.contains("BROKEN: did not end within " + limit), file);
    }

    @Test
    void run_exampleThrows_isToldAndItsChildrenAreEnded() {
        hall.playing("01", "process", () -> stage -> {
            ChildProcess child = stage.child("sleeper", ExitCodes::sleep);
            child.start();
            stage.await(child, "asleep");
            throw new IllegalStateException("out of chalk");
        });
        String message = hall.fail().getMessage();
        assertTrue(
                message.contains(
                        "  - 01 process threw java.lang.IllegalStateException: out of chalk (at dev.procession."),
                message);
    }

    @Test
    void run_interrupted_leavesNoChild() throws Exception {
        hall.playing("01", "process", () -> stage -> {
            ChildProcess child = stage.child("sleeper", ExitCodes::sleep);
            child.start();
            child.join();
        });
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread build = new Thread(() -> {
            try {
                hall.run();
            } catch (Throwable e) {
                thrown.add(e);
            }
        });
        build.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (hall.told.stream().noneMatch(line -> line.endsWith("| asleep")) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        build.interrupt();
        build.join(TimeUnit.SECONDS.toMillis(60));
        assertEquals(1, thrown.size());
        assertEquals(InterruptedException.class, thrown.get(0).getClass());
    }

    static Arguments sabotage(String check, Supplier<Example> example) {
        return Arguments.of(check, example);
    }

    private interface Hiring {
        ProcessAsClass.Accountant hire(ChildOptions options, Notebook notebook);
    }

    private static Example accountant(Hiring hiring) {
        return new ProcessAsClass() {
            @Override
            Accountant accountant(ChildOptions options, Notebook notebook) {
                return hiring.hire(options, notebook);
            }
        };
    }
}

package dev.procession.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.pool.PoolOptions;
import dev.procession.pool.ProcessPool;
import dev.procession.testing.Eventually;
import dev.procession.testing.Signals;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real children. The tags are the IDs of the acceptance list. */
@Timeout(120)
class ChildProcessIT {
    /** Ten times "immediately". */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Lines lines = new Lines();

    @TempDir
    private Path folder;

    @AfterEach
    void noChildIsLeft() throws InterruptedException {
        for (ChildProcess child : ChildProcess.activeChildren()) {
            child.kill();
            child.join();
        }
    }

    @Test
    @Tag("P01")
    void current_mainProcess_describesItself() {
        CurrentProcess current = ChildProcess.current();

        assertTrue(current.isAlive());
        assertFalse(current.isDaemon());
        assertEquals(ProcessHandle.current().pid(), current.pid());
        assertEquals("MainProcess", current.name());
        assertEquals(32, current.authKey().length);
    }

    @Test
    @Tag("P02")
    @Tag("P03")
    @Tag("P05")
    void life_fromStartToEnd_isSeen() throws InterruptedException {
        ChildProcess child = ChildProcess.of(options("SomeProcess"), () -> Thread.sleep(100_000));
        assertFalse(child.isAlive());
        assertEquals(OptionalInt.empty(), child.exitCode());
        assertFalse(ChildProcess.activeChildren().contains(child));

        child.start();

        assertTrue(child.isAlive());
        assertEquals(OptionalInt.empty(), child.exitCode());
        assertTrue(child.exitStatus().isEmpty());
        assertTrue(ChildProcess.activeChildren().contains(child));

        child.kill();
        child.join();

        assertFalse(child.isAlive());
        assertFalse(ChildProcess.activeChildren().contains(child));
    }

    @Test
    @Tag("P04")
    void start_argumentsAndIdentity_reachTheChild() throws InterruptedException {
        List<Integer> numbers = List.of(1, 2);
        Map<String, Double> named = Map.of("hello", 23.0, "bye", 2.54);
        ChildProcess child = ChildProcess.of(options("SomeProcess"), () -> {
            System.out.println(numbers);
            System.out.println(named.get("hello") + " " + named.get("bye"));
            System.out.println(ChildProcess.current().name());
            System.out.println(ChildProcess.current().pid());
            System.out.println(Arrays.hashCode(ChildProcess.current().authKey()));
        });

        child.start();
        child.join();

        assertEquals(
                List.of(
                        "[1, 2]",
                        "23.0 2.54",
                        "SomeProcess",
                        Long.toString(child.pid()),
                        Integer.toString(Arrays.hashCode(ChildProcess.current().authKey()))),
                lines.out());
        assertEquals(OptionalInt.of(0), child.exitCode());
        assertEquals(new ExitStatus.Exited(0), child.exitStatus().orElseThrow());
    }

    @Test
    @Tag("P06")
    void of_argumentsAsArrayOrList_areTheSame() throws InterruptedException {
        Path result = folder.resolve("result");
        String file = result.toString();
        ArgumentsTask task = arguments -> Files.writeString(Path.of(file), arguments + "\n", CREATE_APPEND);
        List<Object> arguments = List.of(1, "str", List.of(1));
        List<ChildProcess> children = List.of(
                ChildProcess.of(task, 1, "str", List.of(1)),
                ChildProcess.of(task, arguments.toArray()),
                ChildProcess.of(task, arguments));

        for (ChildProcess child : children) {
            child.start();
            child.join();
            assertEquals(OptionalInt.of(0), child.exitCode());
        }

        assertEquals(List.of("[1, str, [1]]", "[1, str, [1]]", "[1, str, [1]]"), readLines(result));
    }

    @Test
    @Tag("P07")
    void daemon_notSaid_isTheCreators() throws InterruptedException {
        assertFalse(ChildProcess.of(() -> {}).isDaemon());
        ChildProcess child = ChildProcess.of(
                ChildOptions.builder().daemon(true).output(lines).build(), () -> {
                    System.out.println(ChildProcess.of(() -> {}).isDaemon());
                    System.out.println(
                            ChildProcess.of(ChildOptions.builder().daemon(false).build(), () -> {})
                                    .isDaemon());
                });
        assertTrue(child.isDaemon());

        child.start();
        child.join();

        assertEquals(List.of("true", "false"), lines.out());
    }

    @Test
    @Tag("P08")
    void parent_ofChild_isThisProcess() throws InterruptedException {
        assertTrue(ChildProcess.parent().isEmpty());
        ChildProcess child = ChildProcess.of(options("child"), () -> {
            ParentProcess parent = ChildProcess.parent().orElseThrow();
            System.out.println(parent.pid() + " " + parent.name() + " " + parent.isAlive());
        });

        child.start();
        child.join();

        assertEquals(List.of(ProcessHandle.current().pid() + " MainProcess true"), lines.out());
    }

    @Test
    @Tag("P09")
    void parent_terminated_isNoticedByItsChild() throws Exception {
        Path result = folder.resolve("result");
        String file = result.toString();
        ChildProcess middle = ChildProcess.of(options("middle"), () -> {
            ChildProcess grandchild =
                    ChildProcess.of(ChildOptions.builder().survivesParent(true).build(), () -> {
                        ParentProcess parent = ChildProcess.parent().orElseThrow();
                        String before = parent.name() + " " + parent.isAlive();
                        System.out.println("ready");
                        boolean ended = parent.join(Duration.ofSeconds(60));
                        Path part = Path.of(file + ".part");
                        Files.writeString(part, before + " " + ended + " " + parent.isAlive());
                        Files.move(part, Path.of(file));
                    });
            grandchild.start();
            grandchild.join();
        });
        middle.start();
        awaitLine("ready", true);

        middle.terminate();
        middle.join();

        Eventually.holds("there is a file", () -> Files.exists(result));
        assertEquals("middle true true false", Files.readString(result));
    }

    @Test
    @Tag("P11")
    void join_withoutTime_returnsAtOnce() throws InterruptedException {
        ChildProcess child = started(() -> Thread.sleep(100_000));
        long before = System.nanoTime();

        assertFalse(child.join(Duration.ZERO));
        assertFalse(child.join(Duration.ofSeconds(-1)));

        assertTrue(System.nanoTime() - before < SOON.toNanos());
        assertTrue(child.isAlive());
    }

    @Test
    void join_longestTime_waitsForTheEnd() throws InterruptedException {
        ChildProcess child = started(() -> {});

        assertTrue(child.join(Duration.ofSeconds(Long.MAX_VALUE)));
        assertTrue(child.join(Duration.ofSeconds(Long.MIN_VALUE)), "it has ended");
    }

    @Test
    @Tag("P12")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void terminate_sleepingChild_readsMinus15() throws InterruptedException {
        ChildProcess child = started(() -> {
            System.out.println("up");
            Thread.sleep(100_000);
        });
        awaitLine("up", false);

        child.terminate();

        assertTrue(child.join(SOON));
        assertEquals(OptionalInt.of(-15), child.exitCode());
        assertEquals(new ExitStatus.Killed(15), child.exitStatus().orElseThrow());
        assertFalse(child.isAlive());
        assertFalse(ChildProcess.activeChildren().contains(child));
        child.join();
        child.terminate();
    }

    @Test
    @Tag("P12")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void terminate_rightAfterStart_readsMinus15() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            ChildProcess child = started(() -> Thread.sleep(100_000));
            child.terminate();
            assertTrue(child.join(SOON));
            assertEquals(OptionalInt.of(-15), child.exitCode());
        }
    }

    @Test
    @Tag("P13")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void kill_sleepingChild_readsMinus9() throws InterruptedException {
        ChildProcess child = started(() -> Thread.sleep(100_000));

        child.kill();

        assertTrue(child.join(SOON));
        assertEquals(OptionalInt.of(-9), child.exitCode());
        assertEquals("killed by signal 9", child.exitStatus().orElseThrow().toString());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void exitStatus_killedFromOutside_isTheSignal() throws Exception {
        ChildProcess child = started(() -> Thread.sleep(100_000));

        Signals.send("9", child.pid());

        assertTrue(child.join(SOON));
        assertEquals(OptionalInt.of(-9), child.exitCode());
    }

    @ParameterizedTest
    @ValueSource(ints = {130, 137, 143, 255})
    void exitStatus_codeLikeASignals_isAnExit(int code) throws InterruptedException {
        ChildProcess child = started(() -> System.exit(code));

        child.join();

        assertEquals(new ExitStatus.Exited(code), child.exitStatus().orElseThrow());
    }

    @Test
    @Tag("P14")
    void cpuCount_isAtLeastOne() {
        assertTrue(ChildProcess.cpuCount() >= 1);
    }

    @Test
    @Tag("P17")
    void onExit_completesAfterTheEnd() throws Exception {
        ChildProcess child = ChildProcess.of(() -> Thread.sleep(100_000));
        assertThrows(IllegalStateException.class, child::onExit);
        child.start();
        CompletableFuture<ChildProcess> exit = child.onExit();
        assertFalse(exit.isDone());
        child.onExit().cancel(true);

        child.kill();

        assertSame(child, exit.get(10, TimeUnit.SECONDS));
        assertFalse(child.isAlive());
    }

    @Test
    @Tag("P18")
    void close_runningChild_isRefused() throws InterruptedException {
        ChildProcess child = started(() -> Thread.sleep(100_000));
        IllegalStateException e = assertThrows(IllegalStateException.class, child::close);
        assertTrue(e.getMessage().contains("still runs"), e.getMessage());

        child.kill();
        child.join();
        child.close();
        child.close();

        assertThrows(IllegalStateException.class, child::isAlive);
        assertThrows(IllegalStateException.class, child::join);
        assertThrows(IllegalStateException.class, child::terminate);
        assertThrows(IllegalStateException.class, child::exitCode);
    }

    @Test
    @Tag("P18")
    void close_endedChild_isForgotten() throws InterruptedException {
        ChildProcess child = started(() -> {});
        child.join();
        child.close();
        WeakReference<ChildProcess> reference = new WeakReference<>(child);
        child = null;

        awaitCleared(reference);
    }

    @Test
    @Tag("P19")
    void start_manyChildren_allEndWell() throws InterruptedException {
        List<ChildProcess> children = new ArrayList<>();
        Set<Long> pids = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            children.add(started(() -> Thread.sleep(10)));
            pids.add(children.get(i).pid());
        }
        for (ChildProcess child : children) {
            child.join();
            assertEquals(OptionalInt.of(0), child.exitCode());
        }
        assertEquals(12, pids.size());
    }

    @Test
    @Tag("P21")
    void start_task_isForgottenByTheParent() throws InterruptedException {
        Payload payload = new Payload();
        WeakReference<Payload> reference = new WeakReference<>(payload);
        ChildProcess child = ChildProcess.of(options("child"), task(payload));
        payload = null;
        child.start();

        awaitCleared(reference);
        child.join();

        assertEquals(List.of("5"), lines.out());
    }

    /** Apart from the test, so that no frame of it holds the payload. */
    private static ChildTask task(Payload payload) {
        return () -> System.out.println(payload.value);
    }

    @Test
    @Tag("P23")
    void end_threadsLeft_waitsForThoseThatAreNoDaemons() throws InterruptedException {
        ChildProcess child = started(() -> {
            Thread worker = new Thread(() -> {
                try {
                    Thread.sleep(500);
                } catch (InterruptedException e) {
                    return;
                }
                System.out.println("worker done");
            });
            Thread daemon = new Thread(() -> {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    return;
                }
                System.out.println("daemon done");
            });
            daemon.setDaemon(true);
            worker.start();
            daemon.start();
            throw new ProcessExit(7);
        });

        child.join();

        assertEquals(List.of("worker done"), lines.out());
        assertEquals(OptionalInt.of(7), child.exitCode());
    }

    @Test
    @Tag("P24")
    void streams_closedInTheChild_doNoHarm() throws InterruptedException {
        ChildProcess child = started(() -> {
            System.out.close();
            System.err.close();
            System.setOut(null);
            System.setErr(null);
        });

        child.join();

        assertEquals(OptionalInt.of(0), child.exitCode());
    }

    @Test
    @Tag("P32")
    void start_inTheInitializerOfTheBodysClass_isRefusedInTheChild() {
        assertEquals(OptionalInt.of(1), StartsWhenInitialized.STARTED.exitCode());
        String err = String.join("\n", StartsWhenInitialized.LINES.err());
        assertTrue(
                err.contains(" cannot be started by a class initializer or readObject() in a child:"
                        + " each child would start one more; start it in main() or in the body"),
                err);
        assertEquals(List.of(), StartsWhenInitialized.LINES.out());
    }

    @Test
    @Tag("P32")
    void start_inTheInitializerOfADecodedBodysClass_isRefusedInTheChild() {
        assertEquals(OptionalInt.of(1), StartsObjectWhenInitialized.STARTED.exitCode());
    }

    /** In the child, the body's class is initialized, too, and comes by here again. */
    private static final class StartsWhenInitialized {
        static final Lines LINES = new Lines();
        static final ChildProcess STARTED = ended(
                ChildProcess.of(ChildOptions.builder().output(LINES).build(), () -> System.out.println("not reached")));
    }

    /** The same with a body that captures something, which is sent in another form. */
    private static final class StartsObjectWhenInitialized {
        static final ChildProcess STARTED = ended(bodyOf(new StringBuilder("captured")));

        private static ChildProcess bodyOf(StringBuilder captured) {
            return ChildProcess.of(() -> System.out.println(captured));
        }
    }

    private static ChildProcess ended(ChildProcess child) {
        child.start();
        try {
            child.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return child;
    }

    @Test
    void name_longerThanAnyTextOfDataOutput_arrives() throws InterruptedException {
        String name = "ї".repeat(40_000);
        ChildProcess child = ChildProcess.of(
                ChildOptions.builder().name(name).output(lines).build(),
                () -> System.out.println(ChildProcess.current().name().length()));
        child.start();

        child.join();

        assertEquals(List.of("40000"), lines.out());
    }

    @Test
    @Tag("P24")
    void output_listenerThrows_childGoesOn() throws InterruptedException {
        ChildProcess child = ChildProcess.of(
                ChildOptions.builder()
                        .output((process, error, line) -> {
                            throw new IllegalStateException("the parent's output is broken (part of the test)");
                        })
                        .build(),
                () -> {
                    for (int i = 0; i < 20_000; i++) {
                        System.out.println("a line that is long enough to fill the pipe " + i);
                    }
                });
        child.start();

        child.join();

        assertEquals(OptionalInt.of(0), child.exitCode());
    }

    @Test
    @Tag("P27")
    @Tag("X47")
    void run_throws_printsTheStackAndTellsTheParent() throws InterruptedException {
        ChildProcess child = started(ChildProcessIT::fail);

        child.join();

        assertEquals(OptionalInt.of(1), child.exitCode());
        assertEquals(
                "Exception in process \"child\" java.lang.IllegalStateException: no luck",
                lines.err().get(0));
        assertTrue(lines.err().stream().anyMatch(line -> line.contains("ChildProcessIT.fail(ChildProcessIT.java:")));
        assertTrue(lines.err().contains("Caused by: java.io.IOException: the cause"));
        ChildFailedException failure = child.exception().orElseThrow();
        IllegalStateException cause = assertInstanceOf(IllegalStateException.class, failure.getCause());
        assertEquals("no luck", cause.getMessage());
        assertEquals("fail", cause.getStackTrace()[0].getMethodName());
        assertEquals("java.lang.IllegalStateException", failure.remoteClassName());
        assertEquals(
                "process \"child\" (pid " + child.pid()
                        + "): exit code 1 after java.lang.IllegalStateException: no luck",
                failure.getMessage());
        assertEquals(
                failure.getMessage(),
                assertThrows(ChildFailedException.class, child::joinOrThrow).getMessage());
    }

    private static void fail() {
        throw new IllegalStateException("no luck", new java.io.IOException("the cause"));
    }

    @Test
    @Tag("X47")
    void exception_thatCannotTravel_arrivesAsText() throws InterruptedException {
        ChildProcess child = started(() -> {
            throw new StubbornException(new Object());
        });

        child.join();

        ChildFailedException failure = child.exception().orElseThrow();
        assertEquals(null, failure.getCause());
        assertEquals(StubbornException.class.getName(), failure.remoteClassName());
        assertTrue(String.valueOf(failure.remoteStackTrace()).contains("StubbornException: stubborn"));
    }

    @Test
    @Tag("P28")
    void processExit_reasons_becomeCodes() throws InterruptedException {
        assertEquals(1, exitCodeOf(() -> {
            throw new ProcessExit(List.of(1, 2, 3));
        }));
        assertEquals(1, exitCodeOf(() -> {
            throw new ProcessExit("ignore this");
        }));
        assertEquals(List.of("[1, 2, 3]", "ignore this"), lines.err());
        assertEquals(1, exitCodeOf(() -> {
            throw new ProcessExit(true);
        }));
        assertEquals(0, exitCodeOf(() -> {
            throw new ProcessExit(false);
        }));
        assertEquals(8, exitCodeOf(() -> {
            throw new ProcessExit(8);
        }));
        assertEquals(0, exitCodeOf(() -> {
            throw new ProcessExit((Object) null);
        }));
        assertEquals(0, exitCodeOf(() -> {
            throw new ProcessExit();
        }));
    }

    @Test
    @Tag("P42")
    @Tag("X48")
    void processExit_codeOutOfRange_isRefused() throws InterruptedException {
        assertEquals(
                "exit code must be 0 to 255: code=300",
                assertThrows(IllegalArgumentException.class, () -> new ProcessExit(300))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ProcessExit(-1));
        assertEquals(44, exitCodeOf(() -> System.exit(300)));
    }

    @Test
    @Tag("P31")
    void jvmOptions_inherited_reachTheGrandchild() throws InterruptedException {
        ChildOptions asked = ChildOptions.builder()
                .jvmOption("-ea")
                .jvmOption("-Dprocession.test=a value")
                .jvmOption("-Xmx77m")
                .output(lines)
                .build();
        ChildProcess child = ChildProcess.of(asked, () -> {
            ChildProcess grandchild = ChildProcess.of(() -> System.out.println(System.getProperty("procession.test")
                    + " " + ChildProcessIT.class.desiredAssertionStatus()
                    + " " + (Runtime.getRuntime().maxMemory() < 100_000_000)));
            grandchild.start();
            grandchild.join();
        });

        child.start();
        child.join();

        assertEquals(List.of("[" + child.name() + ":1] a value true false"), lines.out());
    }

    @Test
    void environment_changes_reachTheChildAndToolOptionsDoNot() throws InterruptedException {
        ChildOptions asked = ChildOptions.builder()
                .environment("PROCESSION_TEST", "ї value")
                .withoutEnvironment("PATH")
                .directory(folder)
                .output(lines)
                .build();
        ChildProcess child = ChildProcess.of(asked, () -> {
            System.out.println(System.getenv("PROCESSION_TEST") != null);
            System.out.println(System.getenv("PATH"));
            System.out.println(System.getenv("JAVA_TOOL_OPTIONS"));
            System.out.println(Path.of("").toAbsolutePath().getFileName());
        });

        child.start();
        child.join();

        assertEquals(List.of("true", "null", "null", folder.getFileName().toString()), lines.out());
    }

    @Test
    @Tag("P34")
    @EnabledOnOs(OS.LINUX)
    void descriptors_ofTheParent_areNotInherited() throws Exception {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            assertTrue(socket.isBound());
            ChildProcess child = started(() -> {
                try (java.util.stream.Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
                    for (Path descriptor : descriptors.toList()) {
                        try {
                            String target = Files.readSymbolicLink(descriptor).toString();
                            if (target.startsWith("socket:")) {
                                System.out.println(target);
                            }
                        } catch (java.nio.file.NoSuchFileException e) {
                            // The listing's own.
                        }
                    }
                }
            });
            child.join();
            assertEquals(List.of(), lines.out());
        }
    }

    @Test
    @Tag("P35")
    void java_otherExecutable_isUsed() throws InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ChildProcess child =
                ChildProcess.of(ChildOptions.builder().java(java).output(lines).build(), () -> {});
        child.start();
        child.join();
        assertEquals(OptionalInt.of(0), child.exitCode());

        ChildProcess wrong = ChildProcess.of(
                ChildOptions.builder().java(folder.resolve("no-java")).build(), () -> {});
        java.io.UncheckedIOException e = assertThrows(java.io.UncheckedIOException.class, wrong::start);
        assertTrue(e.getMessage().contains("no-java"), e.getMessage());
        assertFalse(wrong.isAlive());
        assertEquals(List.of(), ChildProcess.activeChildren());
    }

    @Test
    @Tag("P36")
    void join_interrupted_leavesTheChildAlone() throws InterruptedException {
        ChildProcess child = started(() -> Thread.sleep(100_000));
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread joiner = new Thread(() -> {
            try {
                child.join();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        joiner.start();

        joiner.interrupt();

        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
        assertTrue(child.isAlive());
    }

    @Test
    @Tag("P39")
    @Tag("X33")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shutdownHooks_atExitAndTermination_run() throws InterruptedException {
        ChildProcess exits =
                started(() -> Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("deadbeef"))));
        exits.join();
        assertEquals(List.of("deadbeef"), lines.out());

        ChildProcess terminated = started(() -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            System.out.println("up");
            Thread.sleep(100_000);
        });
        awaitLine("up", false);
        terminated.terminate();
        terminated.join();
        assertEquals(List.of("deadbeef", "up", "hook"), lines.out());
    }

    @Test
    @Tag("X33")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void terminate_hookThatHangs_isKilledAfterTheGracePeriod() throws InterruptedException {
        ChildOptions impatient = ChildOptions.builder()
                .gracePeriod(Duration.ofMillis(200))
                .output(lines)
                .build();
        ChildProcess child = ChildProcess.of(impatient, () -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Thread.sleep(100_000);
                } catch (InterruptedException e) {
                    System.out.println("interrupted");
                }
            }));
            System.out.println("up");
            Thread.sleep(100_000);
        });
        child.start();
        awaitLine("up", false);

        child.terminate();

        assertTrue(child.join(SOON));
        assertEquals(OptionalInt.of(-9), child.exitCode());
    }

    @Test
    @Tag("X33")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void terminateTree_foreignGrandchild_endsToo() throws Exception {
        ChildProcess child = started(() -> {
            Process sleep = new ProcessBuilder("sleep", "1000").start();
            System.out.println(sleep.pid());
            Thread.sleep(100_000);
        });
        long grandchild = Long.parseLong(awaitLine("", true));

        child.terminateTree();

        assertTrue(child.join(SOON));
        Pids.awaitEnd(grandchild, SOON);
    }

    @Test
    @Tag("P10")
    @Tag("P30")
    void start_textWrittenBefore_isTheParentsAlone() throws InterruptedException {
        System.out.print("the parent's own, without an end of line; ");
        ChildProcess child =
                started(() -> System.out.print(ProcessHandle.current().pid()));

        child.join();
        System.out.println("done");

        assertEquals(List.of(Long.toString(child.pid())), lines.out());
        assertNotEquals(ProcessHandle.current().pid(), child.pid());
    }

    @Test
    @Tag("P29")
    void child_withAPoolOfItsOwn_endsWithIt() throws InterruptedException {
        ChildProcess child = started(() -> {
            try (ProcessPool pool =
                    ProcessPool.open(PoolOptions.builder().workers(4).build())) {
                int sum = 0;
                for (int square : pool.map(x -> x * x, List.of(1, 2, 3, 4, 5, 6, 7))) {
                    sum += square;
                }
                System.out.println(sum);
            }
        });

        child.join();

        assertEquals(OptionalInt.of(0), child.exitCode());
        assertEquals(List.of("140"), lines.out());
    }

    @Test
    @Tag("P33")
    void children_ofChildren_haveRegistriesOfTheirOwn() throws InterruptedException {
        ChildProcess child = started(() -> nest(5));

        child.join();

        assertEquals(OptionalInt.of(0), child.exitCode());
        // Prefixed once on each level on the way up.
        assertEquals(5, lines.out().size());
        assertTrue(
                lines.out().stream().allMatch(line -> line.endsWith("active 0")),
                lines.out().toString());
    }

    private static void nest(int depth) throws InterruptedException {
        System.out.println("active " + ChildProcess.activeChildren().size());
        if (depth > 1) {
            ChildProcess next = ChildProcess.of(() -> nest(depth - 1));
            next.start();
            next.joinOrThrow();
        }
    }

    @Test
    void name_withALineEnd_isRefused() {
        for (String name : List.of("", "two\nlines", "red \u001b[31m")) {
            assertThrows(
                    IllegalArgumentException.class, () -> ChildOptions.builder().name(name));
        }
    }

    @Test
    @Tag("P40")
    void misuse_isRefusedWithTheFacts() throws InterruptedException {
        ChildProcess child = ChildProcess.of(options("SomeProcess"), () -> {});
        for (IllegalStateException e : List.of(
                assertThrows(IllegalStateException.class, child::join),
                assertThrows(IllegalStateException.class, child::terminate),
                assertThrows(IllegalStateException.class, child::kill),
                assertThrows(IllegalStateException.class, child::pid))) {
            assertEquals("ChildProcess \"SomeProcess\" was not started: call start() first", e.getMessage());
        }
        child.start();
        IllegalStateException twice = assertThrows(IllegalStateException.class, child::start);
        assertTrue(twice.getMessage().contains("was started before, as pid " + child.pid()), twice.getMessage());
        child.join();
    }

    @Test
    @Tag("P40")
    void join_fromAnotherProcess_isRefused() throws InterruptedException {
        ChildProcess first = started(() -> {});
        first.join();
        ChildProcess second = started(() -> {
            try {
                first.join();
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        });

        second.join();

        assertEquals(1, lines.out().size());
        assertTrue(
                lines.out().get(0).contains("only the process that started it can do that"),
                lines.out().get(0));
    }

    @Test
    @Tag("P41")
    void end_ofParentWithChildren_waitsForThem() throws InterruptedException {
        ChildProcess middle = started(() -> {
            ChildProcess plain = ChildProcess.of(() -> {
                Thread.sleep(700);
                System.out.println("plain done");
            });
            ChildProcess daemon =
                    ChildProcess.of(ChildOptions.builder().daemon(true).build(), () -> {
                        Thread.sleep(100_000);
                        System.out.println("daemon done");
                    });
            daemon.start();
            plain.start();
            System.out.println("daemon is " + daemon.pid());
        });

        middle.join();

        assertTrue(lines.out().get(1).endsWith(" plain done"), lines.out().get(1));
        long daemon = Long.parseLong(lines.out().get(0).substring("daemon is ".length()));
        Pids.awaitEnd(daemon, Duration.ofSeconds(20));
    }

    @Test
    @Tag("X39")
    void output_ofManyProcessesAndThreads_isNeverTorn() throws InterruptedException {
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(ChildProcess.of(options("printer-" + i), () -> {
                Thread[] threads = new Thread[4];
                for (int t = 0; t < threads.length; t++) {
                    String text = "x".repeat(10 + 3000 * t);
                    threads[t] = new Thread(() -> {
                        for (int n = 0; n < 100; n++) {
                            System.out.println("<" + text + ">");
                        }
                    });
                    threads[t].start();
                }
            }));
        }
        children.forEach(ChildProcess::start);
        for (ChildProcess child : children) {
            child.join();
        }

        assertEquals(1200, lines.out().size());
        Set<String> expected = Set.of(
                "<" + "x".repeat(10) + ">",
                "<" + "x".repeat(3010) + ">",
                "<" + "x".repeat(6010) + ">",
                "<" + "x".repeat(9010) + ">");
        assertEquals(expected, new HashSet<>(lines.out()));
    }

    @Test
    @Tag("X39")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void output_ofNativeGrandchild_arrivesBetweenTheLines() throws InterruptedException {
        ChildProcess child = started(() -> {
            Thread printer = new Thread(() -> {
                for (int i = 0; i < 2000; i++) {
                    System.out.println("java " + "y".repeat(5000));
                }
            });
            printer.start();
            Process shell = new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 500 ]; do echo shell; i=$((i+1)); done")
                    .inheritIO()
                    .start();
            shell.waitFor();
            printer.join();
            System.err.print("tail without an end");
        });

        child.join();

        assertEquals(2500, lines.out().size());
        assertEquals(Set.of("java " + "y".repeat(5000), "shell"), new HashSet<>(lines.out()));
        assertEquals(List.of("tail without an end"), lines.err());
    }

    @Test
    void output_beforeSigkill_isNotLost() throws InterruptedException {
        ChildProcess child = started(() -> {
            System.out.print("no end of line");
            System.err.println("printed");
            Thread.sleep(100_000);
        });
        while (lines.err().isEmpty()) {
            Thread.sleep(5);
        }

        child.kill();
        child.join();

        assertEquals(List.of("no end of line"), lines.out());
    }

    @Test
    @Tag("X51")
    void start_taskThatCannotBeSerialized_startsNoProcess() {
        Object stubborn = new Object();
        ChildProcess child = ChildProcess.of(options("child"), () -> System.out.println(stubborn));

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, child::start);

        assertTrue(e.getMessage().contains("java.lang.Object"), e.getMessage());
        assertTrue(e.getMessage().contains("not serializable"), e.getMessage());
        assertEquals(List.of(), ChildProcess.activeChildren());
    }

    @Test
    void start_largeTask_doesNotWaitForTheChild() throws InterruptedException {
        byte[] large = new byte[16 << 20];
        large[large.length - 1] = 42;
        ChildProcess child = started(() -> System.out.println(large[large.length - 1]));

        child.join();

        assertEquals(List.of("42"), lines.out());
    }

    @Test
    void start_commandTooLongForTheSystem_goesThroughAFile() throws InterruptedException {
        ChildOptions.Builder builder = ChildOptions.builder().output(lines);
        for (int i = 0; i < 3000; i++) {
            builder.jvmOption("-Dprocession.test." + i + "=\"quoted\" back\\slash " + "x".repeat(40));
        }
        ChildProcess child =
                ChildProcess.of(builder.build(), () -> System.out.println(System.getProperty("procession.test.2999")));

        child.start();
        child.join();

        assertEquals(List.of("\"quoted\" back\\slash " + "x".repeat(40)), lines.out());
    }

    @Test
    void start_classPathWithoutTheLibrary_failsWithTheReason() throws InterruptedException {
        ChildProcess child = ChildProcess.of(
                ChildOptions.builder().classPath(List.of(folder)).output(lines).build(), () -> {});
        child.start();

        child.join();

        assertEquals(OptionalInt.of(1), child.exitCode());
        assertTrue(
                lines.err().stream().anyMatch(line -> line.contains("dev.procession.internal.child.ChildMain")),
                lines.err().toString());
    }

    @Test
    @Tag("P26")
    void subclass_fieldsTravelAndRunIsTheChilds() throws InterruptedException {
        Greeter greeter = new Greeter(options("greeter"), "hello");
        assertEquals(ProcessHandle.current().pid(), greeter.constructedIn());

        greeter.start();
        greeter.join();

        assertNotEquals(greeter.pid(), greeter.constructedIn());
        assertEquals(
                List.of("HELLO from " + greeter.pid() + ", constructed in " + greeter.constructedIn()), lines.out());
    }

    @Test
    void nextName_ofNestedChildren_followsTheTree() throws InterruptedException {
        AtomicReference<String> name = new AtomicReference<>("");
        ChildProcess child = ChildProcess.of(
                ChildOptions.builder()
                        .output((process, error, line) -> name.set(process + " " + line))
                        .build(),
                () -> System.out.println(ChildProcess.of(() -> {}).name()));
        child.start();
        child.join();

        assertEquals(child.name() + " " + child.name() + ":1", name.get());
    }

    private static final java.nio.file.OpenOption[] CREATE_APPEND = {
        java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND
    };

    private ChildOptions options(String name) {
        return ChildOptions.builder().name(name).output(lines).build();
    }

    private ChildProcess started(ChildTask task) {
        ChildProcess child = ChildProcess.of(options("child"), task);
        child.start();
        return child;
    }

    private int exitCodeOf(ChildTask task) throws InterruptedException {
        ChildProcess child = started(task);
        child.join();
        return child.exitCode().orElseThrow();
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Waits for a line that is, or ends with, a text. */
    private String awaitLine(String text, boolean end) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline) {
            for (String line : lines.out()) {
                if (end ? line.endsWith(text) : line.equals(text)) {
                    return line;
                }
            }
            Thread.sleep(5);
        }
        throw new AssertionError("no line " + text + " in " + lines.out() + lines.err());
    }

    private static void awaitCleared(WeakReference<?> reference) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (reference.get() != null) {
            assertTrue(System.nanoTime() < deadline, "still referenced: " + reference.get());
            System.gc();
            Thread.sleep(10);
        }
    }

    private static final class Payload implements Serializable {
        private static final long serialVersionUID = 1L;
        private final int value = 5;
    }

    private static final class StubbornException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused"}) // not serializable, which is the point
        private final Object stubborn;

        StubbornException(Object stubborn) {
            super("stubborn");
            this.stubborn = stubborn;
        }
    }

    private static final class Greeter extends ChildProcess {
        private static final long serialVersionUID = 1L;
        private final String greeting;
        private final long constructedIn = ProcessHandle.current().pid();

        Greeter(ChildOptions options, String greeting) {
            super(options);
            this.greeting = greeting;
        }

        long constructedIn() {
            return constructedIn;
        }

        @Override
        protected void run() {
            System.out.println(loud() + " from " + pid() + ", constructed in " + constructedIn);
        }

        private String loud() {
            return greeting.toUpperCase(java.util.Locale.ROOT);
        }
    }
}

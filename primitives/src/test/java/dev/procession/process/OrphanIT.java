package dev.procession.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.channel.PipeEnd;
import dev.procession.channel.ProcessPipe;
import dev.procession.channel.ProcessQueue;
import dev.procession.pool.PoolOptions;
import dev.procession.pool.ProcessPool;
import dev.procession.session.Session;
import dev.procession.sync.ProcessBarrier;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.testing.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a tree of processes when its root dies: nothing, after two seconds (ten times that, here). */
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class OrphanIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Lines lines = new Lines();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "HUP", "INT"})
    @Tag("X31")
    void children_parentDies_end(String signal) throws Exception {
        ChildProcess root = ChildProcess.of(options(), () -> {
            ChildProcess plain = ChildProcess.of(OrphanIT::sleepAndTell);
            ChildProcess daemon =
                    ChildProcess.of(ChildOptions.builder().daemon(true).build(), OrphanIT::sleepAndTell);
            ChildProcess busy = ChildProcess.of(() -> {
                tellPid();
                long count = 0;
                while (count >= 0) {
                    count = (count + 1) & Long.MAX_VALUE;
                }
            });
            ChildProcess printing = ChildProcess.of(() -> {
                tellPid();
                while (!System.out.checkError()) {
                    System.out.println("more");
                }
                Thread.sleep(100_000);
            });
            plain.start();
            daemon.start();
            busy.start();
            printing.start();
            ProcessPool pool = ProcessPool.open(PoolOptions.builder().workers(2).build());
            for (int i = 0; i < 2; i++) {
                CompletableFuture<Integer> unused = pool.submit(() -> {
                    sleepAndTell();
                    return 1;
                });
            }
            Thread.sleep(100_000);
        });
        root.start();
        List<Long> pids = awaitPids(6);
        pids.forEach(pid -> assertTrue(Pids.runs(pid)));

        Signals.send(signal, root.pid());

        assertTrue(root.join(LIMIT));
        for (long pid : pids) {
            Pids.awaitEnd(pid, LIMIT);
        }
    }

    /** Each kind of wait, of which nobody will ever wake it. */
    @Test
    @Tag("X31")
    void childrenThatWaitForEachKindOfObject_parentIsKilled_end() throws Exception {
        ChildProcess root = ChildProcess.of(options(), () -> {
            Session session = Session.create();
            ProcessLock lock = ProcessLock.create(session);
            ProcessLock other = ProcessLock.create(session);
            ProcessCondition never = other.newCondition();
            ProcessQueue<String> queue = ProcessQueue.create(session);
            ProcessEvent event = ProcessEvent.create(session);
            ProcessSemaphore semaphore = ProcessSemaphore.counting(session, 0);
            ProcessBarrier barrier = ProcessBarrier.create(session, 2);
            ProcessPipe<String> pipe = ProcessPipe.duplex(session);
            PipeEnd<String> end = pipe.second();
            lock.lock();
            List<ChildTask> waits = List.of(
                    lock::lock, queue::take, event::await, semaphore::acquire, barrier::await, end::receive, () -> {
                        other.lock();
                        never.await();
                    });
            for (ChildTask wait : waits) {
                ChildProcess.of(() -> {
                            tellPid();
                            wait.run();
                        })
                        .start();
            }
            Thread.sleep(100_000);
        });
        root.start();
        List<Long> pids = awaitPids(7);
        Thread.sleep(200); // most of them wait by then, and it is right either way

        Signals.send("KILL", root.pid());

        for (long pid : pids) {
            Pids.awaitEnd(pid, LIMIT);
        }
    }

    @Test
    void child_thatSurvivesItsParent_goesOn() throws Exception {
        ChildProcess root = ChildProcess.of(options(), () -> {
            ChildProcess survivor =
                    ChildProcess.of(ChildOptions.builder().survivesParent(true).build(), OrphanIT::sleepAndTell);
            ChildProcess orphan = ChildProcess.of(OrphanIT::sleepAndTell);
            survivor.start();
            orphan.start();
            System.out.println("survivor " + survivor.pid());
            System.out.println("orphan " + orphan.pid());
            Thread.sleep(100_000);
        });
        root.start();
        awaitPids(2);
        long survivor = pidAfter("survivor ");
        long orphan = pidAfter("orphan ");

        Signals.send("KILL", root.pid());
        Pids.awaitEnd(orphan, LIMIT);

        assertTrue(Pids.runs(survivor));
        Signals.send("KILL", survivor);
        Pids.awaitEnd(survivor, LIMIT);
    }

    @Test
    void orphan_withAHookThatHangs_isHalted() throws Exception {
        ChildProcess root = ChildProcess.of(options(), () -> {
            ChildProcess stubborn = ChildProcess.of(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(OrphanIT::awaitForLong));
                sleepAndTell();
            });
            stubborn.start();
            Thread.sleep(100_000);
        });
        root.start();
        long pid = awaitPids(1).get(0);

        Signals.send("KILL", root.pid());

        Pids.awaitEnd(pid, LIMIT);
        assertFalse(Pids.runs(pid));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("X31")
    void childInAHookThatHangs_parentDies_isHalted(boolean terminated) throws Exception {
        ChildProcess root = ChildProcess.of(options(), () -> {
            ChildProcess leaving = ChildProcess.of(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    tellPid(); // it is in its exit now
                    awaitForLong();
                }));
                if (terminated) {
                    Signals.send("TERM", ChildProcess.current().pid());
                    Thread.sleep(100_000);
                }
                System.exit(7);
            });
            leaving.start();
            Thread.sleep(100_000);
        });
        root.start();
        long pid = awaitPids(1).get(0);
        // So long that the parent has surely answered, and that the child would have been halted were its parent
        // thought dead.
        assertFalse(root.join(Duration.ofMillis(1500)));
        assertTrue(Pids.runs(pid), "a hook may take as long as it likes while the parent lives");

        Signals.send("KILL", root.pid());

        Pids.awaitEnd(pid, LIMIT);
    }

    @Test
    void hook_ofAChildInAPidNamespaceOfItsOwn_isNotCutOff() throws Exception {
        Path java = javaInANamespace();
        ChildOptions apart = ChildOptions.builder().java(java).output(lines).build();
        ChildProcess leaving = ChildProcess.of(apart, () -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                // Longer than an orphan's hooks may take.
                for (int i = 0; i < 20; i++) {
                    System.out.println("hook " + i);
                    awaitMillis(100);
                }
                System.out.println("hook done");
            }));
            System.exit(7);
        });
        leaving.start();

        assertTrue(leaving.join(Duration.ofSeconds(60)));

        assertTrue(lines.out().contains("hook done"), () -> "cut off: " + lines.out() + lines.err());
        assertEquals(OptionalInt.of(7), leaving.exitCode());
    }

    @Test
    @Tag("X31")
    void childInAPidNamespaceOfItsOwn_parentDiesDuringItsHook_isHalted() throws Exception {
        String java = javaInANamespace().toString();
        ChildProcess root = ChildProcess.of(options(), () -> {
            ChildOptions apart = ChildOptions.builder().java(Path.of(java)).build();
            ChildProcess leaving = ChildProcess.of(apart, () -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    tellPid();
                    awaitForLong();
                }));
                System.exit(7);
            });
            leaving.start();
            Thread.sleep(100_000);
        });
        root.start();
        awaitPids(1);
        // The wrapper and its JVM, by the numbers that they have here.
        List<Long> outside = ProcessHandle.of(root.pid())
                .orElseThrow()
                .descendants()
                .map(ProcessHandle::pid)
                .toList();
        assertFalse(outside.isEmpty());

        Signals.send("KILL", root.pid());

        for (long pid : outside) {
            Pids.awaitEnd(pid, LIMIT);
        }
    }

    /** A java that runs as the first process of a pid namespace; skips the test where that is not allowed. */
    private Path javaInANamespace() throws Exception {
        String[] probe = {"unshare", "--pid", "--fork", "true"};
        boolean allowed;
        try {
            allowed = new ProcessBuilder(probe).start().waitFor() == 0;
        } catch (IOException e) {
            allowed = false;
        }
        assumeTrue(allowed, "unshare --pid is not there, or not allowed here");
        Path java = folder.resolve("java");
        Files.writeString(java, """
            #!/bin/sh
            exec unshare --pid --fork '%s' "$@"
            """.formatted(Path.of(System.getProperty("java.home"), "bin", "java")));
        assertTrue(java.toFile().setExecutable(true));
        return java;
    }

    private static void awaitMillis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            System.out.println("interrupted");
        }
    }

    private static void awaitForLong() {
        awaitMillis(100_000);
    }

    private static void sleepAndTell() throws InterruptedException {
        tellPid();
        Thread.sleep(100_000);
    }

    private static void tellPid() {
        System.out.println("pid " + ChildProcess.current().pid());
    }

    private ChildOptions options() {
        return ChildOptions.builder().name("root").output(lines).build();
    }

    private long pidAfter(String head) {
        for (String line : lines.out()) {
            if (line.startsWith(head)) {
                return Long.parseLong(line.substring(head.length()));
            }
        }
        throw new AssertionError("no " + head + " in " + lines.out());
    }

    private List<Long> awaitPids(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline) {
            List<Long> pids = new ArrayList<>();
            for (String line : lines.out()) {
                int at = line.indexOf("pid ");
                if (at >= 0) {
                    pids.add(Long.parseLong(line.substring(at + "pid ".length())));
                }
            }
            if (pids.size() == count) {
                return pids;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("not all are up: " + lines.out() + lines.err());
    }
}

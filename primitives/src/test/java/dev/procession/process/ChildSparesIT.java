package dev.procession.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.testing.Eventually;
import dev.procession.testing.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
class ChildSparesIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Lines lines = new Lines();

    @Test
    void start_withASpare_takesItAndAnotherIsBooted() throws InterruptedException {
        try (ChildSpares spares = ChildSpares.keep(2, options().build())) {
            List<Long> waiting = spares.pids();
            assertEquals(2, waiting.size());
            ChildProcess child = ChildProcess.of(
                    options().name("worker").spares(spares).build(),
                    () -> System.out.println(ChildProcess.current().name()));

            child.start();
            child.join();

            assertEquals(waiting.get(0), child.pid());
            assertEquals(OptionalInt.of(0), child.exitCode());
            assertEquals(List.of("worker"), lines.out());
            Eventually.holds(() -> spares.pids().size() == 2, () -> "spares: " + spares.pids());
            assertFalse(spares.pids().contains(child.pid()));
        }
    }

    /** 100 ms are promised of a warm start; machines that run tests are shared, so ten times that for the best of five. */
    @Test
    @Tag("X37")
    void startAndJoin_withASpare_takesAMoment() throws InterruptedException {
        List<Long> millis = new ArrayList<>();
        try (ChildSpares spares = ChildSpares.keep(1, options().build())) {
            for (int i = 0; i < 5; i++) {
                Eventually.holds(() -> spares.pids().size() == 1, () -> "spares: " + spares.pids());
                ChildProcess child = ChildProcess.of(options().spares(spares).build(), () -> {});
                long start = System.nanoTime();
                child.start();
                child.join();
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            }
        }
        assertTrue(Collections.min(millis) < 1000, millis.toString());
    }

    @Test
    void start_objectWithStateOnASpare_runs() throws InterruptedException {
        try (ChildSpares spares = ChildSpares.keep(1, options().build())) {
            StringBuilder state = new StringBuilder("state");
            ChildProcess child =
                    ChildProcess.of(options().spares(spares).build(), () -> System.out.println(state.append("!")));
            child.start();
            child.join();
            assertEquals(List.of("state!"), lines.out());
        }
    }

    @Test
    void start_otherOptions_bootsAJvmOfItsOwn() throws InterruptedException {
        try (ChildSpares spares = ChildSpares.keep(1, options().build())) {
            ChildProcess child = ChildProcess.of(
                    options().jvmOption("-Dprocession.test=1").spares(spares).build(), () -> {
                        System.out.println(System.getProperty("procession.test"));
                    });
            child.start();
            child.join();
            assertEquals(List.of("1"), lines.out());
            assertFalse(spares.pids().contains(child.pid()));
            assertEquals(1, spares.pids().size());
        }
    }

    @Test
    void start_moreThanThereAreSpares_allRun() throws InterruptedException {
        try (ChildSpares spares = ChildSpares.keep(2, options().build())) {
            List<ChildProcess> children = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                children.add(ChildProcess.of(options().spares(spares).build(), () -> {}));
            }
            children.forEach(ChildProcess::start);
            for (ChildProcess child : children) {
                child.join();
                assertEquals(OptionalInt.of(0), child.exitCode());
            }
        }
    }

    @Test
    @Tag("P25")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void spare_killed_isReplacedAndTheNextStartWorks() throws Exception {
        for (String signal : List.of("INT", "KILL")) {
            try (ChildSpares spares = ChildSpares.keep(1, options().build())) {
                long dead = spares.pids().get(0);

                Signals.send(signal, dead);
                ChildProcess child = ChildProcess.of(options().spares(spares).build(), () -> {});
                child.start();
                child.join();

                // Killed before it was taken: another JVM ran the body. Killed while it was being taken: it died of it.
                assertTrue(
                        child.pid() != dead
                                ? child.exitCode().equals(OptionalInt.of(0))
                                : child.exitCode().orElseThrow() < 0
                                        || child.exitCode().orElseThrow() == 1,
                        child.toString());
                Pids.awaitEnd(dead, LIMIT);
                Eventually.holds(() -> spares.pids().size() == 1, () -> "spares: " + spares.pids());
                ChildProcess next = ChildProcess.of(options().spares(spares).build(), () -> {});
                next.start();
                next.join();
                assertEquals(OptionalInt.of(0), next.exitCode());
            }
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void spare_killedWhileItIsTaken_childEndsWithItsStatus() throws Exception {
        try (ChildSpares spares = ChildSpares.keep(1, options().build())) {
            for (int i = 0; i < 20; i++) {
                Eventually.holds(() -> spares.pids().size() == 1, () -> "spares: " + spares.pids());
                long pid = spares.pids().get(0);
                Thread killer = new Thread(() -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
                ChildProcess child = ChildProcess.of(options().spares(spares).build(), () -> {});
                killer.start();
                child.start();
                assertTrue(child.join(LIMIT), "hangs: " + child);
                killer.join();
                assertTrue(child.exitStatus().isPresent());
            }
        }
    }

    @Test
    void spares_thatCannotBoot_areNotBootedForEver() throws InterruptedException {
        ChildOptions broken = options().jvmOption("-XX:NoSuchOption=1").build();
        try (ChildSpares spares = ChildSpares.keep(1, broken)) {
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (!spares.pids().isEmpty()) {
                assertTrue(System.nanoTime() < deadline, "still booting");
                Thread.sleep(5);
            }
            // Once each for three deaths, and no more of them.
            assertEquals(
                    3,
                    lines.err().stream()
                            .filter(line -> line.contains("Could not create the Java Virtual Machine"))
                            .count());
        }
    }

    @Test
    void close_waitingSpares_endAndBegunChildrenGoOn() throws InterruptedException {
        ChildProcess child;
        List<Long> waiting;
        try (ChildSpares spares = ChildSpares.keep(2, options().build())) {
            child = ChildProcess.of(options().spares(spares).build(), () -> Thread.sleep(100_000));
            child.start();
            Eventually.holds(() -> spares.pids().size() == 2, () -> "spares: " + spares.pids());
            waiting = spares.pids();
        }
        for (long pid : waiting) {
            Pids.awaitEnd(pid, LIMIT);
        }
        assertTrue(child.isAlive());
        child.kill();
        child.join();
    }

    @Test
    @Tag("X31")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void spares_ownerKilled_end() throws Exception {
        ChildProcess owner = ChildProcess.of(options().build(), () -> {
            ChildSpares spares = ChildSpares.keep(2, ChildOptions.builder().build());
            spares.pids().forEach(System.out::println);
            Thread.sleep(100_000);
        });
        owner.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (lines.out().size() < 2) {
            assertTrue(System.nanoTime() < deadline, lines.err().toString());
            Thread.sleep(5);
        }

        Signals.send("KILL", owner.pid());

        owner.join();
        for (String pid : lines.out()) {
            Pids.awaitEnd(Long.parseLong(pid), LIMIT);
        }
    }

    @Test
    void keep_countOutOfRange_isRefused() {
        for (int count : new int[] {0, -1, 257}) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> ChildSpares.keep(count, options().build()));
            assertEquals("count must be 1 to 256: count=" + count, e.getMessage());
        }
    }

    private ChildOptions.Builder options() {
        return ChildOptions.builder().output(lines);
    }
}

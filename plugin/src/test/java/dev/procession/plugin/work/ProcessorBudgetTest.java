package dev.procession.plugin.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.KeptLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The processors that all parts of a build share. */
class ProcessorBudgetTest {
    private final Map<String, String> build = new ConcurrentHashMap<>();

    private final KeptLog log = new KeptLog(true);

    @AfterEach
    void log_always_saysNothing() {
        assertEquals(List.of(), log.details());
    }

    private ProcessorBudget open() {
        return ProcessorBudget.open(build, 2, log).orElseThrow();
    }

    @Test
    void take_partsOfOneBuild_neverMoreThanThereAre() throws Exception {
        AtomicInteger busy = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService modules = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int wanted = 1 + i % 2;
                ends.add(modules.submit(() -> {
                    for (int j = 0; j < 50; j++) {
                        try (ProcessorBudget budget = open();
                                ProcessorBudget.Share share = budget.take(wanted)) {
                            most.accumulateAndGet(busy.addAndGet(share.processors()), Math::max);
                            Thread.onSpinWait();
                            busy.addAndGet(-share.processors());
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        } finally {
            modules.shutdownNow();
        }
        assertTrue(most.get() <= 2, "at once: " + most);
        assertEquals(0, busy.get());
    }

    @Test
    void take_nobodyElse_getsAllThatItWants() throws Exception {
        try (ProcessorBudget budget = open()) {
            try (ProcessorBudget.Share all = budget.take(5)) {
                assertEquals(2, all.processors());
            }
            try (ProcessorBudget.Share one = budget.take(1)) {
                assertEquals(1, one.processors());
            }
        }
    }

    @Test
    void close_lastOne_endsTheSession() {
        ProcessorBudget first = open();
        ProcessorBudget second = open();
        Path session = Path.of(build.get("session"));
        first.close();
        assertTrue(Files.exists(session));
        second.close();
        assertFalse(Files.exists(session));
        try (ProcessorBudget third = open()) {
            assertNotEquals(session.toString(), build.get("session"));
        }
    }
}

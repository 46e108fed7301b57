package dev.procession.plugin.bundle.module;

import dev.procession.plugin.bundle.request.Processors;
import dev.procession.plugin.engine.Build;
import dev.procession.plugin.engine.Engine;
import dev.procession.plugin.engine.EngineFailedException;
import dev.procession.plugin.engine.EngineProcess;
import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.ProcessorBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs the engine for several bundles at the same time, a process for each, within the build's budget of processors. When
 * it returns, by whatever way, no process and no thread is left.
 */
final class ModuleRuns {
    private final Processors processors;
    private final int count;
    private final BuildLog log;

    ModuleRuns(Processors processors, BuildLog log) {
        this.processors = processors;
        this.count = processors.count().orElse(1);
        this.log = log;
    }

    /**
     * What came of one bundle.
     *
     * @param result what the engine made, unless it failed
     * @param failure why the engine itself failed, empty if it did not
     */
    record Outcome(ModulePlan plan, Optional<Build.Result> result, String failure) {}

    List<Outcome> run(List<ModulePlan> plans, Engine engine) throws IOException, InterruptedException {
        if (plans.size() == 1 && processors.alone()) {
            return List.of(run(plans.get(0), engine, count));
        }
        Optional<ProcessorBudget> budget = ProcessorBudget.open(processors.shared(), count, log);
        int side = Math.min(plans.size(), count);
        ExecutorService threads = Executors.newFixedThreadPool(side, body -> {
            Thread thread = new Thread(body, "procession-bundles");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Outcome>> futures = new ArrayList<>();
            for (ModulePlan plan : plans) {
                futures.add(threads.submit(() -> runWithin(budget, plan, engine, Math.max(1, count / side))));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : futures) {
                outcomes.add(outcome(future));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
            budget.ifPresent(ProcessorBudget::close);
        }
    }

    private Outcome runWithin(Optional<ProcessorBudget> budget, ModulePlan plan, Engine engine, int wanted)
            throws IOException, InterruptedException {
        if (budget.isEmpty()) {
            return run(plan, engine, wanted);
        }
        try (ProcessorBudget.Share share = budget.get().take(wanted)) {
            return run(plan, engine, share.processors());
        }
    }

    private Outcome run(ModulePlan plan, Engine engine, int share) throws IOException, InterruptedException {
        long began = System.nanoTime();
        try (EngineProcess process = engine.start(share)) {
            Build.Result result = process.build(plan.build());
            if (log.debugs()) {
                log.debug("bundle " + Shown.text(plan.label()) + ": esbuild took "
                        + Amount.seconds(System.nanoTime() - began) + " on " + Amount.of(share, "processor"));
            }
            return new Outcome(plan, Optional.of(result), "");
        } catch (EngineFailedException e) {
            return new Outcome(plan, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private static Outcome outcome(Future<Outcome> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IllegalStateException(cause);
        }
    }

    /** The threads end as soon as their processes have, and those are being killed. */
    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

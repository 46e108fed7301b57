package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.input.Input;
import dev.procession.plugin.bundle.read.ReadTask;
import dev.procession.plugin.bundle.read.ScriptReader;
import dev.procession.plugin.report.Shown;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Cuts the inputs of bundles into tasks: large enough that handing them over costs little, small enough to share out. */
final class Batches {
    private static final long MOST_BYTES = 2L << 20;
    private static final int MOST_FILES = 256;

    /** So that the last worker to finish leaves the others idle for a fraction of the whole only. */
    private static final int TASKS_PER_WORKER = 4;

    private final List<BundlePlan> plans;

    Batches(List<BundlePlan> plans) {
        this.plans = plans;
    }

    long bytes() {
        return plans.stream().mapToLong(BundlePlan::bytes).sum();
    }

    /** No more tasks than this can be made: one for each file. */
    int most() {
        return plans.stream().mapToInt(plan -> plan.inputs().size()).sum();
    }

    /** The tasks for a number of workers, 0 for none, in the order of the inputs. */
    List<ReadTask> tasks(int workers) {
        List<ReadTask> tasks = new ArrayList<>();
        int shares = Math.max(1, workers) * TASKS_PER_WORKER;
        for (BundlePlan plan : plans) {
            long mostBytes = workers == 0 ? MOST_BYTES : Math.min(MOST_BYTES, plan.bytes() / shares + 1);
            int mostFiles = workers == 0
                    ? MOST_FILES
                    : Math.min(MOST_FILES, plan.inputs().size() / shares + 1);
            List<Input> batch = new ArrayList<>();
            long bytes = 0;
            for (Input input : plan.inputs()) {
                if (!batch.isEmpty() && (batch.size() >= mostFiles || bytes + input.size() > mostBytes)) {
                    tasks.add(task(plan, batch));
                    batch.clear();
                    bytes = 0;
                }
                batch.add(input);
                bytes += input.size();
            }
            if (!batch.isEmpty()) {
                tasks.add(task(plan, batch));
            }
        }
        return tasks;
    }

    private static ReadTask task(BundlePlan plan, List<Input> batch) {
        String[] locations = batch.stream().map(Input::location).toArray(String[]::new);
        String first = Shown.text(batch.get(0).name());
        String name = batch.size() == 1
                ? "read " + first
                : "read " + batch.size() + " files, " + first + " to "
                        + Shown.text(batch.get(batch.size() - 1).name());
        String[] prefixes = plan.language() == BundlePlan.Language.STYLE
                ? batch.stream().map(input -> plan.urls().prefix(input.name())).toArray(String[]::new)
                : new String[0];
        EnumSet<ScriptReader.Wanted> wanted = EnumSet.noneOf(ScriptReader.Wanted.class);
        // The engine makes the map of a minified output, and finds its way back by lines.
        if (plan.mapped() && plan.isPlain()) {
            wanted.add(ScriptReader.Wanted.MAPPINGS);
        }
        if (plan.settings().licenses() != null) {
            wanted.add(ScriptReader.Wanted.LEGAL_COMMENTS);
        }
        return new ReadTask(locations, prefixes, plan.charset().name(), wanted, name);
    }
}

package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.pool.PoolTask;
import dev.procession.pool.ProcessPool;
import dev.procession.pool.WorkerDiedException;
import dev.procession.process.ChildProcess;
import dev.procession.shared.SharedLong;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** 11: four tasks for two workers. Two results, an exception and a death come back, each by a callback. */
class PoolCallbacks implements Example {
    private static final int WORKERS = 2;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("callbacks");
        List<Integer> results = new CopyOnWriteArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Set<Long> heardIn = new ConcurrentSkipListSet<>();
        SharedLong victim = SharedLong.create(stage.session(), 0);
        try (ProcessPool pool = ProcessPool.open(stage.pool("Worker", WORKERS))) {
            for (PoolTask<Integer> task : List.of(square(7), square(8), failing(), new Chore.Endless(victim))) {
                var unused = pool.applyAsync(task, result -> heard(result, results, heardIn), failures::add);
            }
            stage.until("the last task runs", () -> victim.get() != 0);
            stage.say("kills the worker that runs the last one");
            kill(ProcessHandle.of(victim.get()).orElseThrow());
            stage.until("all four are told", () -> results.size() + failures.size() == 4);
            stage.say("results " + results + ", failures " + failures);

            stage.check(
                    "two-results", List.of(49, 64), results.stream().sorted().toList());
            stage.check("called-back-here", Set.of(ChildProcess.current().pid()), heardIn);
            stage.check("error-arrives", List.of("out of chalk"), told(failures, IllegalStateException.class));
            stage.check(
                    "death-told",
                    List.of(victim.get() + " killed by signal 9"),
                    told(failures, WorkerDiedException.class));
            stage.check("pool-goes-on", 81, pool.apply(afterwards()));
        }
    }

    private static List<String> told(List<Throwable> failures, Class<? extends Throwable> type) {
        return failures.stream()
                .filter(type::isInstance)
                .map(failure -> failure instanceof WorkerDiedException died
                        ? died.death().pid() + " " + died.death().status()
                        : String.valueOf(failure.getMessage()))
                .toList();
    }

    void heard(int result, List<Integer> results, Set<Long> heardIn) {
        heardIn.add(ChildProcess.current().pid());
        results.add(result);
    }

    PoolTask<Integer> square(int number) {
        return new Chore.Square(number);
    }

    PoolTask<Integer> failing() {
        return new Chore.Failing("out of chalk");
    }

    PoolTask<Integer> afterwards() {
        return new Chore.Square(9);
    }

    void kill(ProcessHandle worker) {
        worker.destroyForcibly();
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(Chore.class);
    }
}

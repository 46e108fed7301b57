package dev.procession.plugin.lecture.example;

import dev.procession.manager.ManagerOptions;
import dev.procession.manager.ProcessManager;
import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.plugin.lecture.StartingGate;
import dev.procession.process.ChildProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** 09: ten processes, and at most three of them inside at a time. Their names meet in a list that a manager keeps. */
class SemaphoreAndManager implements Example {
    private static final Duration STAY = Duration.ofMillis(200);
    private static final int GUESTS = 10;
    private static final int PERMITS = 3;
    private static final int ROUNDS = (GUESTS + PERMITS - 1) / PERMITS;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("three-inside");
        ManagerOptions options = ManagerOptions.standard()
                .child(stage.options("Manager").daemon(true).build());
        try (ProcessManager manager = ProcessManager.start(options)) {
            List<String> names = manager.list();
            Room room = room(stage, PERMITS);
            StartingGate gate = stage.gate();
            String path = gate.path();
            Duration stay = stay(stage);
            List<ChildProcess> guests = IntStream.range(0, GUESTS)
                    .mapToObj(i -> stage.child("Process-" + i, () -> room.visit(path, stay, names)))
                    .toList();
            stage.startAndAwait(guests, "ready");
            gate.open();
            stage.join(guests);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - gate.openedNanos());

            stage.say("the list: " + names);
            stage.check("at-most-3", room.inside.most() <= PERMITS, "at most " + PERMITS, room.inside.most());
            List<String> expected = guests.stream().map(ChildProcess::name).toList();
            stage.check("all-names", expected, names.stream().sorted().toList());
            long least = ROUNDS * stage.wait(STAY).toMillis();
            stage.check("rounds", millis >= least, "at least " + ROUNDS + " stays, " + least + " ms", millis + " ms");
        }
    }

    Duration stay(Stage stage) {
        return stage.wait(STAY);
    }

    Room room(Stage stage, int permits) {
        return new Room(stage, permits);
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(Room.class);
    }
}

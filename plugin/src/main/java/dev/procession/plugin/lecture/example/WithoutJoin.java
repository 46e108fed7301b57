package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 03, too: nobody waits for a daemon. When main reaches its end, its daemons are cut off wherever they are. */
class WithoutJoin implements Example {
    private static final int DAEMONS = 2;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("without-join");
        List<ChildProcess> daemons = new ArrayList<>();
        for (int i = 1; i <= DAEMONS; i++) {
            daemons.add(daemon(stage, "Daemon-" + i));
        }
        for (ChildProcess daemon : daemons) {
            daemon.start();
        }
        for (ChildProcess daemon : daemons) {
            stage.await(daemon, "asleep");
        }
        stage.say("End program, without join");
        endOfMain(daemons);

        List<String> seen = new ArrayList<>();
        for (ChildProcess daemon : daemons) {
            daemon.join();
            seen.add(String.join(", ", stage.printedBy(daemon)) + ", code "
                    + daemon.exitCode().orElseThrow());
        }
        stage.check("cut-off", Collections.nCopies(DAEMONS, "asleep, code -15"), seen);
    }

    /** Runs in the child: its second line is never printed. */
    static void sleep(long millis) throws InterruptedException {
        System.out.println("asleep");
        TimeUnit.MILLISECONDS.sleep(millis);
        System.out.println("awake");
    }

    ChildProcess daemon(Stage stage, String name) {
        long anHour = TimeUnit.HOURS.toMillis(1);
        ChildTask sleeping = stage.notebook().whileRunning(() -> sleep(anHour));
        return stage.watch(ChildProcess.of(stage.options(name).daemon(true).build(), sleeping));
    }

    /** The JVM of this main goes on after the lecture, so its end is played: daemons get the signal to terminate. */
    void endOfMain(List<ChildProcess> daemons) {
        for (ChildProcess daemon : daemons) {
            daemon.terminate();
        }
    }
}

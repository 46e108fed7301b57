package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.process.ProcessExit;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** 01, too: a child has no exit code while it runs. Afterwards the code tells how it has ended. */
class ExitCodes implements Example {
    /** Windows has no signals: there both ways to end a process from outside read as -15. */
    static final int KILLED = File.separatorChar == '\\' ? -15 : -9;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("five-ends");
        ChildProcess returns = stage.child("returns", () -> {});
        ChildProcess exits = stage.child("exits", exiting());
        ChildProcess fails = stage.child("throws", () -> Integer.parseInt("three"));
        ChildProcess terminated = stage.child("terminated", ExitCodes::sleep);
        ChildProcess killed = stage.child("killed", ExitCodes::sleep);

        Map<ChildProcess, Integer> expected = new LinkedHashMap<>();
        expected.put(returns, 0);
        expected.put(exits, 3);
        expected.put(fails, 1);
        expected.put(terminated, -15);
        expected.put(killed, KILLED);
        for (ChildProcess child : expected.keySet()) {
            child.start();
        }
        stage.await(terminated, "asleep");
        stage.await(killed, "asleep");
        OptionalInt code = codeWhileRunning(terminated);
        stage.check("none-while-running", "none", code.isPresent() ? code.getAsInt() : "none");

        terminated.terminate();
        killed.kill();
        Map<String, Integer> codes = new LinkedHashMap<>();
        Map<String, Integer> observed = new LinkedHashMap<>();
        for (ChildProcess child : expected.keySet()) {
            child.join();
            codes.put(child.name(), expected.get(child));
            observed.put(child.name(), child.exitCode().orElseThrow());
        }
        stage.check("codes", codes, observed);
    }

    /** Longer than anybody will let it: it is ended from outside. */
    static void sleep() throws InterruptedException {
        System.out.println("asleep");
        TimeUnit.HOURS.sleep(1);
    }

    ChildTask exiting() {
        return () -> {
            throw new ProcessExit(3);
        };
    }

    OptionalInt codeWhileRunning(ChildProcess child) throws InterruptedException {
        return child.exitCode();
    }
}

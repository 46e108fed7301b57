package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** 01: a function in a child process. Five children run the same function; each is a process of its own. */
class OwnProcesses implements Example {
    private static final int CHILDREN = 5;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("same-function");
        List<ChildProcess> children = stage.children(CHILDREN, "Process-", number -> greeting());
        long begin = System.nanoTime();
        for (ChildProcess child : children) {
            child.start();
        }
        for (ChildProcess child : children) {
            child.join();
        }
        stage.measured("five", System.nanoTime() - begin, Duration.ofMillis(200), Duration.ofMillis(600));
        // A child tells its pid as it sees it; the parent has asked the system. Two witnesses, one truth.
        List<String> lines = new ArrayList<>();
        List<String> greetings = new ArrayList<>();
        List<Long> pids = new ArrayList<>();
        List<Long> pidsAsPrinted = new ArrayList<>();
        for (ChildProcess child : children) {
            greetings.add("hello from " + child.name());
            pids.add(child.pid());
            for (String line : stage.printedBy(child)) {
                if (line.startsWith("pid ")) {
                    pidsAsPrinted.add(Long.valueOf(line.substring(4)));
                } else {
                    lines.add(line);
                }
            }
        }
        stage.check("lines", greetings, lines);
        boolean distinct = new HashSet<>(pids).size() == CHILDREN
                && !pids.contains(ChildProcess.current().pid());
        stage.check("pids", distinct && pids.equals(pidsAsPrinted), pids, pidsAsPrinted);
    }

    /** Runs in the child. The line leaves in pieces, and arrives whole, however many processes print at the same time. */
    static void greet() {
        System.out.print("hello");
        System.out.print(" from ");
        System.out.println(ChildProcess.current().name());
        System.out.println("pid " + ChildProcess.current().pid());
    }

    ChildTask greeting() {
        return OwnProcesses::greet;
    }
}

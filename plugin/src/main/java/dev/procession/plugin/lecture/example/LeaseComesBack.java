package dev.procession.plugin.lecture.example;

import dev.procession.channel.JoinableProcessQueue;
import dev.procession.channel.Lease;
import dev.procession.channel.QueueEndedException;
import dev.procession.channel.QueueOptions;
import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.shared.SharedIntArray;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 15, too: a consumer is killed with an item in its hands. The item is given out again, and join() waits for it. */
class LeaseComesBack implements Example {
    private static final int ITEMS = 4;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("killed-consumer");
        JoinableProcessQueue<Integer> jobs =
                JoinableProcessQueue.create(stage.session(), "jobs", QueueOptions.standard());
        SharedIntArray done = SharedIntArray.create(stage.session(), ITEMS);
        for (int item = 0; item < ITEMS; item++) {
            jobs.put(item);
        }
        jobs.end();
        ChildProcess victim = stage.child("Victim", leasing(jobs));
        stage.startAndAwait(List.of(victim), "has item 0");
        ChildProcess heir = stage.child("Heir", working(jobs, done));
        stage.startAndAwait(List.of(heir), "done with item 3");
        stage.check("join-waits", false, join(jobs, Duration.ofMillis(50)));

        stage.say("kills the victim");
        victim.kill();
        stage.say("join() has returned: " + jobs.join(Duration.ofSeconds(20)));
        int[] counts = done.toArray();
        heir.join();
        stage.check(
                "all-done-at-join",
                List.of(1, 1, 1, 1),
                Arrays.stream(counts).boxed().toList());
        stage.check(
                "given-out-again",
                List.of("item 0, attempt 2"),
                stage.printedBy(heir).stream()
                        .filter(line -> line.startsWith("item 0"))
                        .toList());
    }

    boolean join(JoinableProcessQueue<Integer> jobs, Duration limit) throws InterruptedException {
        return jobs.join(limit);
    }

    ChildTask leasing(JoinableProcessQueue<Integer> jobs) {
        return () -> {
            Lease<Integer> lease = jobs.lease();
            System.out.println("has item " + lease.item());
            TimeUnit.HOURS.sleep(1);
            lease.done();
        };
    }

    ChildTask working(JoinableProcessQueue<Integer> jobs, SharedIntArray done) {
        return () -> {
            try {
                while (true) {
                    Lease<Integer> lease = jobs.lease();
                    System.out.println("item " + lease.item() + ", attempt " + lease.attempt());
                    done.getAndAdd(lease.item(), 1);
                    lease.done();
                    System.out.println("done with item " + lease.item());
                }
            } catch (QueueEndedException e) {
                System.out.println("all done");
            }
        };
    }
}

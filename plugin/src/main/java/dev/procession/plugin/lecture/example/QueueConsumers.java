package dev.procession.plugin.lecture.example;

import dev.procession.channel.ProcessQueue;
import dev.procession.channel.QueueEndedException;
import dev.procession.channel.QueueLeftovers;
import dev.procession.channel.QueueOptions;
import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** 15: twelve items, three consumers. Each item is taken once, and all know when there is nothing more to come. */
class QueueConsumers implements Example {
    private static final int CONSUMERS = 3;
    private static final List<Integer> ITEMS = IntStream.range(0, 12).boxed().toList();

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("who-takes-what");
        ProcessQueue<Integer> queue = ProcessQueue.create(stage.session(), "items", QueueOptions.standard());
        Duration work = stage.wait(Duration.ofMillis(200)).dividedBy(10);
        List<ChildProcess> consumers =
                stage.children(CONSUMERS, "Consumer-", number -> consuming(queue, work, stage.notebook()));
        stage.startAndAwait(consumers, "ready");
        for (int item : ITEMS) {
            queue.put(item);
        }
        queue.end(); // "empty for now" and "nothing more to come" are two things
        stage.join(consumers);
        List<Integer> taken = stage.printedBy(consumers).stream()
                .filter(line -> line.startsWith("took "))
                .map(line -> Integer.valueOf(line.substring(5)))
                .sorted()
                .toList();
        stage.check("each-item-once", ITEMS, taken);
        stage.check("all-know-the-end", List.of(0, 0, 0), stage.codes(consumers));

        stage.part("leftovers");
        ProcessQueue<Integer> abandoned = ProcessQueue.create(stage.session(), "abandoned", QueueOptions.standard());
        for (int item : ITEMS.subList(0, 3)) {
            abandoned.put(item);
        }
        abandoned.take();
        takeMore(abandoned);
        QueueLeftovers left = abandoned.closeAndReport();
        stage.say("closed: " + left.items() + " items were left" + (left.areLost() ? ", and are lost" : ""));
        stage.check("leftovers-reported", 2L, left.items());
    }

    void takeMore(ProcessQueue<Integer> queue) throws InterruptedException {
        // One item was taken, and nobody cares for the others.
    }

    ChildTask consuming(ProcessQueue<Integer> queue, Duration work, Notebook notebook) {
        return () -> consume(queue, work, notebook);
    }

    /** Runs in the children. */
    static void consume(ProcessQueue<Integer> queue, Duration work, Notebook notebook) throws InterruptedException {
        System.out.println("ready");
        try {
            while (true) {
                int item = queue.take();
                System.out.println("took " + item);
                notebook.spend("item " + item, work);
            }
        } catch (QueueEndedException e) {
            System.out.println("nothing more to come");
        }
    }
}

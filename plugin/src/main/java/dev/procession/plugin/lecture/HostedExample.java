package dev.procession.plugin.lecture;

import dev.procession.channel.ProcessQueue;
import dev.procession.channel.QueueOptions;
import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * An example of a project, played by a child: whatever it does to its JVM, the build's goes on. The child tells what it sees
 * through a queue, and takes part in the session of the stage, so that its lanes are there when it is not any more.
 */
final class HostedExample implements Example {
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final String className;
    private final List<Path> classPath;
    private final List<String> readWith;

    /**
     * An example that plays once.
     *
     * @param readWith where the names of the classes go that a reader needs, too: only the child can ask the example
     */
    HostedExample(String className, List<Path> classPath, List<String> readWith) {
        this.className = className;
        this.classPath = classPath;
        this.readWith = readWith;
    }

    /** The names of the classes to be read: its own, and those that it has named when it was played. */
    List<String> classNames() {
        return Stream.concat(Stream.of(className), readWith.stream()).distinct().toList();
    }

    @Override
    public void play(Stage stage) throws Exception {
        // Not the stage's own session: what is told here is none of the example's.
        try (Session talk = Session.create()) {
            ProcessQueue<List<String>> queue = ProcessQueue.create(talk, QueueOptions.standard());
            List<String> code = stage.cast().codeWith(classPath);
            String session = stage.session().path().toString();
            String directory = stage.directoryWithin().toString();
            double speed = stage.speed();
            String name = className;
            ChildProcess host = stage.watch(ChildProcess.of(
                    stage.cast().hostOptions(code).build(),
                    () -> ExampleHost.play(name, code, session, directory, speed, queue)));
            host.start();
            hear(stage, host, queue);
        }
    }

    private void hear(Stage stage, ChildProcess host, ProcessQueue<List<String>> queue) throws Exception {
        while (true) {
            // Before the look: what it told before it ended is in the queue then.
            boolean isOver = !host.isAlive();
            List<String> message = queue.poll(GLANCE);
            if (message == null && isOver) {
                throw new MishapException("was not played to its end: its process (pid " + host.pid()
                        + ") ended with code " + host.exitCode().orElseThrow());
            }
            if (message != null && !told(stage, message)) {
                host.join();
                return;
            }
        }
    }

    /** Returns whether more is to come. */
    private boolean told(Stage stage, List<String> message) throws MishapException {
        switch (message.get(0)) {
            case ExampleHost.LINE -> stage.heard(message.get(1), Boolean.parseBoolean(message.get(2)), message.get(3));
            case ExampleHost.CHECK ->
                stage.check(message.get(1), Boolean.parseBoolean(message.get(2)), message.get(3), message.get(4));
            case ExampleHost.MEASURED ->
                stage.measured(
                        message.get(1),
                        Long.parseLong(message.get(2)),
                        Duration.ofNanos(Long.parseLong(message.get(3))),
                        Duration.ofNanos(Long.parseLong(message.get(4))));
            case ExampleHost.READ_WITH -> readWith.add(message.get(1));
            case ExampleHost.THREW -> throw new MishapException(message.get(1));
            default -> {
                return false;
            }
        }
        return true;
    }
}

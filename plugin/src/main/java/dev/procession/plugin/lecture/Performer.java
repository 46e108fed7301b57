package dev.procession.plugin.lecture;

import dev.procession.plugin.timeline.LaneText;
import dev.procession.plugin.timeline.Picture;
import dev.procession.plugin.work.EndWithJvm;
import dev.procession.process.ClassDataArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Plays examples, each on a thread of its own, so that one that hangs can be left. No child outlives its example. */
public final class Performer {
    /** How long a thread that was interrupted, and whose children are dead, may take to end. */
    private static final Duration LEAVING = Duration.ofSeconds(2);

    /** How long to end everything may take when the JVM ends; it takes a moment. */
    private static final Duration ENDING = Duration.ofSeconds(10);

    private static final int LANE_COLUMNS = 80;

    private final List<Path> classPath;
    private final Optional<ClassDataArchive> archive;
    private final Speed speed;
    private final Duration limit;
    private final Screen log;

    public Performer(
            List<Path> classPath, Optional<ClassDataArchive> archive, Speed speed, Duration limit, Screen log) {
        this.classPath = classPath;
        this.archive = archive;
        this.speed = speed;
        this.limit = limit;
        this.log = log;
    }

    public Performance perform(Topic topic, Consumer<Line> audience) throws IOException, InterruptedException {
        Transcript transcript = new Transcript(audience);
        Cast cast = new Cast(classPath, archive, transcript);
        try (Stage stage = new Stage(cast, speed, transcript)) {
            EndWithJvm hook = EndWithJvm.of("procession-demo-end", stage::endWithJvm);
            Optional<String> mishap;
            Screen.Following lanes = log.follow(stage::timeline);
            try {
                mishap = play(topic, stage);
            } finally {
                lanes.close();
                hook.forget();
            }
            if (hook.hasEnded()) {
                hook.join(ENDING.toMillis()); // as long as this thread is here, Maven leaves the hook its classes
                throw new InterruptedException("the build is ending"); // and plays nothing more
            }
            Findings findings = stage.findings();
            return new Performance(
                    topic, transcript.lines(), findings.checks(), findings.measurements(), mishap, stage.timeline());
        }
    }

    private Optional<String> play(Topic topic, Stage stage) throws InterruptedException {
        FutureTask<Boolean> play = new FutureTask<>(() -> {
            topic.play(stage);
            return true;
        });
        Thread thread = new Thread(null, play, "procession demo " + topic.number(), 0, false);
        thread.setDaemon(true);
        thread.start();
        try {
            play.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(thrown(e));
        } catch (TimeoutException e) {
            return Optional.of(hung(thread) + state(stage));
        } finally {
            thread.interrupt();
            // Who waits for a child wakes up by its death.
            stage.close();
            thread.join(LEAVING.toMillis());
        }
    }

    private String thrown(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof MishapException mishap) {
            return String.valueOf(mishap.getMessage());
        }
        if (log.debugs()) {
            for (StackTraceElement element : cause.getStackTrace()) {
                log.debug("  at " + element);
            }
        }
        return Culprit.told(cause, "all of the stack with -X");
    }

    private String hung(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return String.format(Locale.ROOT, "did not end within %.1f s, and was ended", limit.toMillis() / 1000.0)
                + Culprit.in(stack).map(line -> " (it was at " + line + ")").orElse("");
    }

    /** The lanes so far, and who waits for whom: without them nobody could tell why it hangs. */
    private static String state(Stage stage) throws InterruptedException {
        stage.session().span("end of patience").close(); // the lanes end with the last event: with this one, now
        List<String> lines = new ArrayList<>();
        lines.add("Its lanes (= runs, . waits, # has or does something, x ended):");
        Picture picture =
                Picture.of(stage.timeline()).named(ProcessHandle.current().pid(), Stage.MAIN);
        for (String lane : LaneText.of(picture, LANE_COLUMNS)) {
            lines.add("  " + lane);
        }
        stage.session().dump().lines().filter(line -> !line.isBlank()).forEach(lines::add);
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(System.lineSeparator()).append("      ").append(line);
        }
        return text.toString();
    }
}

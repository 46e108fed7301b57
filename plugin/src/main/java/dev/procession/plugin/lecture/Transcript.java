package dev.procession.plugin.lecture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * What the processes of one example have printed, in the order in which it arrived. Lines of one process are in the order
 * in which it printed them. May be used from any thread.
 */
final class Transcript {
    private final long begin = System.nanoTime();
    private final List<Line> lines = new ArrayList<>();
    private final Consumer<Line> audience;
    private boolean closed;

    Transcript(Consumer<Line> audience) {
        this.audience = audience;
    }

    synchronized void add(String process, boolean error, String text) {
        if (closed) {
            return;
        }
        Line line = new Line(System.nanoTime() - begin, process, error, text);
        lines.add(line);
        // Under the lock: the audience sees the order that the checks see.
        audience.accept(line);
        notifyAll();
    }

    /** What comes later is not a part of this run any more. */
    synchronized void close() {
        closed = true;
    }

    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /** What a process has printed to its standard output. */
    List<String> of(String process) {
        return lines().stream()
                .filter(line -> line.process().equals(process) && !line.error())
                .map(Line::text)
                .toList();
    }

    synchronized void await(String process, String text, Duration limit) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!of(process).contains(text)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException(
                        "process " + process + " did not print \"" + text + "\" within " + limit.toSeconds() + " s");
            }
            wait(left);
        }
    }
}

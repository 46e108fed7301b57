package dev.procession.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.eventspy.AbstractEventSpy;
import org.apache.maven.execution.ExecutionEvent;

/**
 * Runs inside Maven and writes down which threads and child processes there are at the moment when bundle-js has
 * ended and were not there when it began.
 */
public final class LeftoverSpy extends AbstractEventSpy {
    private final Set<Thread> before = new HashSet<>();

    /** Made by Maven. */
    public LeftoverSpy() {}

    @Override
    public void onEvent(Object event) throws IOException {
        if (!(event instanceof ExecutionEvent execution)
                || execution.getMojoExecution() == null
                || !execution.getMojoExecution().getGoal().equals("bundle-js")) {
            return;
        }
        if (execution.getType() == ExecutionEvent.Type.MojoStarted) {
            before.addAll(Thread.getAllStackTraces().keySet());
            return;
        }
        Stream<String> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                // The JDK's own: each waits for a process, and for another one for a minute after.
                .filter(name -> !name.equals("process reaper"))
                .map(name -> "thread " + name);
        Stream<String> children = ProcessHandle.current().children().map(child -> "process " + child.pid());
        List<String> left = Stream.concat(threads, children).toList();
        Files.write(Path.of(System.getProperty("procession.it.leftovers")), left);
    }
}

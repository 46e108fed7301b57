package dev.procession.sync;

import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.internal.participant.Sweeper;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.testing.BriefChildren;
import dev.procession.testing.Eventually;
import dev.procession.testing.Signals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A session with the children and threads of one test. Closing it ends them all, and looks that nothing is left. */
public final class TestSession implements AutoCloseable {
    private final Session session;
    private final Participant participant;
    private final List<ChildProcess> children = new ArrayList<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "waiter-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    public TestSession() {
        this(SessionOptions.standard());
    }

    public TestSession(SessionOptions options) {
        session = Session.create(options);
        participant = SessionAccess.of(session);
    }

    public Session session() {
        return session;
    }

    @SuppressWarnings("exports") // for tests of this library alone
    public Participant participant() {
        return participant;
    }

    public ChildProcess start(String name, ChildTask task, String... jvmOptions) {
        ChildOptions.Builder options = BriefChildren.options().name(name);
        for (String option : jvmOptions) {
            options.jvmOption(option);
        }
        ChildProcess child = ChildProcess.of(options.build(), task);
        child.start();
        children.add(child);
        return child;
    }

    public <T> Future<T> thread(Callable<T> task) {
        return executor.submit(task);
    }

    /** Joins a child that is to end by itself. */
    public static void joined(ChildProcess child) throws InterruptedException {
        if (!child.join(Duration.ofSeconds(30))) {
            throw new AssertionError(child + " has not ended within 30 s");
        }
        child.exception().ifPresent(failure -> {
            throw new AssertionError(failure);
        });
    }

    public static void signal(ChildProcess child, String name) throws IOException, InterruptedException {
        if (!child.isAlive()) {
            throw new AssertionError(child + " has ended before it got " + name);
        }
        if (name.equals("STOP")) {
            Signals.stop(child.pid());
        } else {
            Signals.send(name, child.pid());
        }
    }

    @Override
    public void close() throws Exception {
        executor.shutdownNow();
        for (ChildProcess child : children) {
            child.kill();
            child.join(Duration.ofSeconds(10));
        }
        session.close();
        if (!participant.isClosed()) {
            participant.release(); // for handles that arrived in this JVM, too
        }
        gone(session);
    }

    /** Nothing is left of a session that was closed. A sweep by another program at that moment may be what removes it. */
    static void gone(Session session) throws InterruptedException {
        Eventually.holds("the session's directory goes", () -> {
            Sweeper.sweep(session.path().getParent());
            return !session.path().toFile().exists();
        });
    }
}

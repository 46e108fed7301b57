package dev.procession.session;

import dev.procession.internal.liveness.ProcessFacts;
import dev.procession.internal.memory.HeapOptions;
import dev.procession.internal.memory.HeapStatistics;
import dev.procession.internal.memory.SessionLayout;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.internal.participant.WaitCycle;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.timeline.TimelineReader;
import dev.procession.timeline.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shared memory that processes of one user on one machine have together: the objects in it, and who takes part.
 *
 * <pre>{@code
 * try (Session session = Session.create()) {
 *     ProcessLock lock = ProcessLock.create(session);
 *     SharedInt counter = SharedInt.create(session, 0);
 *     ChildProcess child = ChildProcess.of(() -> {
 *         lock.lock();
 *         try { counter.set(counter.get() + 1); } finally { lock.unlock(); }
 *     });
 *     child.start();
 *     child.join();
 * }
 * }</pre>
 *
 * <p>A child needs no {@code Session}: handles of shared objects travel in its fields, in a lambda, in a task, and attach
 * where they arrive. Another program of the same user attaches by the session's {@link #path}.
 *
 * <p><b>Who owns it.</b> Nobody: it lasts as long as any process takes part, and goes with the last one, however that one
 * ends. What a process leaves behind that was killed together with all others is removed when the next session of the
 * user is created, or by {@link Sessions#clean()}. {@link #close} ends the part of this process only; its handles are
 * refused from then on.
 *
 * <p><b>When a process dies</b>, what it held is released or reported, by each type's rules, within a second.
 *
 * <p><b>Not for</b> network file systems, other users, or other machines: for those there is the manager.
 */
public final class Session implements AutoCloseable {
    static {
        SessionAccess.install(new Access());
    }

    private final Participant participant;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Session(Participant participant) {
        this.participant = participant;
    }

    /**
     * Creates a session with the usual options.
     *
     * @throws UncheckedIOException if no directory will do; the message says why for each that was tried
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static Session create() {
        return create(SessionOptions.standard());
    }

    /**
     * Creates a session.
     *
     * @throws UncheckedIOException if no directory will do; the message says why for each that was tried
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static Session create(SessionOptions options) {
        try {
            return new Session(Participant.create(
                    options.base(),
                    new HeapOptions(
                            options.maxProcesses(), HeapOptions.standard().firstSegmentBytes()),
                    options.isRecording() ? SessionLayout.TIMELINE : 0));
        } catch (IOException e) {
            throw new UncheckedIOException("a session cannot be created: " + e.getMessage(), e);
        }
    }

    /**
     * Takes part in a session that another process of this user created.
     *
     * @param path what its {@link #path} is
     * @throws UncheckedIOException if no session is there, or it is another user's
     * @throws dev.procession.IncompatibleSessionException if it was made by another version, by a machine of another
     *     kind, before the machine was started last, or was damaged
     */
    public static Session attach(Path path) {
        try {
            return new Session(Participant.attach(path));
        } catch (IOException e) {
            throw new UncheckedIOException("the session " + path + " cannot be attached: " + e.getMessage(), e);
        }
    }

    /** {@return the session's directory: what another program needs to attach} */
    public Path path() {
        return participant.directory();
    }

    /** {@return the processes that take part, this one included} */
    public List<SessionProcess> processes() {
        List<SessionProcess> processes = new ArrayList<>();
        for (ProcessFacts facts : open().table().members()) {
            processes.add(SessionProcess.living(facts, participant.table()));
        }
        return processes;
    }

    /** {@return the processes whose end was noticed, oldest first; the last 256 are remembered} */
    public List<SessionProcess> ended() {
        List<SessionProcess> ended = new ArrayList<>();
        for (ProcessFacts facts : open().table().dead()) {
            ended.add(SessionProcess.ended(facts));
        }
        return ended;
    }

    /**
     * Waits that only a recheck ended, because whoever should have rung died before it did, was stopped, or could not.
     * Where nobody dies and nobody is stopped this is 0.
     *
     * @return their number in all processes that take part now
     */
    public long rescues() {
        return open().table().rescues();
    }

    /**
     * The deadlocks that there are: circles of threads, in one or several processes, of which each waits for a lock that the
     * next one holds. Looks twice, a tenth of a second apart, and takes up to a second if a process does not answer when it
     * is asked for its stacks. A new deadlock is seen half a second after it closed. Semaphores, conditions and barriers
     * have no owner that could be proved, so they do not count.
     *
     * @return empty if there is none
     * @throws InterruptedException if this thread is interrupted
     */
    public List<Deadlock> deadlocks() throws InterruptedException {
        Participant self = open();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        List<WaitCycle> first = self.waitCycles();
        if (first.isEmpty()) {
            return List.of();
        }
        Thread.sleep(100);
        List<WaitCycle> proved = new ArrayList<>(self.waitCycles());
        proved.retainAll(first);
        List<Deadlock> deadlocks = new ArrayList<>();
        for (WaitCycle cycle : proved) {
            List<Deadlock.Waiter> waiters = new ArrayList<>();
            for (WaitCycle.Edge edge : cycle.edges()) {
                ProcessFacts facts = self.facts(edge.owner());
                waiters.add(new Deadlock.Waiter(
                        facts.pid(),
                        facts.name(),
                        edge.threadName(),
                        edge.label(),
                        Instant.ofEpochMilli(edge.sinceMillis()),
                        self.stack(edge)));
            }
            deadlocks.add(new Deadlock(List.copyOf(waiters)));
        }
        return deadlocks;
    }

    /**
     * What exists in the session, for people: its processes, with those that ended or are silent; every object with its
     * state, who holds it and who waits for it; the deadlocks. Each line is of a moment of its own. Takes as long as
     * {@link #deadlocks}. The form may change from version to version.
     *
     * @return lines
     * @throws InterruptedException if this thread is interrupted
     */
    public String dump() throws InterruptedException {
        return SessionDump.of(this, open());
    }

    /** {@return how many objects there are, and how many bytes they take} */
    public SessionUsage usage() {
        HeapStatistics statistics = open().heap().statistics();
        return new SessionUsage(
                statistics.blocks(), statistics.usedBytes(), statistics.freeBytes(), statistics.segments());
    }

    /**
     * What has happened in the session so far, in all its processes, dead ones too. Empty unless the session was made with
     * {@link SessionOptions#recording}.
     *
     * @return a snapshot
     */
    public Timeline timeline() {
        Participant self = open();
        long cut = self.memory().getLongAcquire(SessionLayout.SEQUENCE);
        return TimelineReader.read(self.rings(), cut);
    }

    /**
     * Writes a note of the caller's into the event record; does nothing unless the session records.
     *
     * @param text any text; what does not fit into the record is cut
     */
    public void mark(String text) {
        Recorder recorder = open().recorderOrNull();
        if (recorder != null) {
            recorder.record(EventCode.MARK, 0, text);
        }
    }

    /**
     * Writes down that the calling thread begins something of the caller's own, and when it ends; does nothing unless the
     * session records.
     *
     * <pre>{@code
     * try (Session.Span sorting = session.span("sorting")) {
     *     sort();
     * }
     * }</pre>
     *
     * @param text any text; what does not fit into the record is cut. Timelines draw {@code sleep} as sleeping
     * @return to be closed by the same thread, when it is done
     */
    public Span span(String text) {
        Recorder recorder = open().recorderOrNull();
        if (recorder == null) {
            return () -> {};
        }
        recorder.record(EventCode.SPAN_BEGIN, 0, text);
        return () -> {
            if (!participant.isClosed()) {
                recorder.record(EventCode.SPAN_END, 0, text);
            }
        };
    }

    /** Something that a thread does, from {@link #span} until this is closed. */
    @FunctionalInterface
    public interface Span extends AutoCloseable {
        /** It is done. */
        @Override
        void close();
    }

    /** {@return whether this object was closed} */
    public boolean isClosed() {
        return closed.get();
    }

    /**
     * Ends this process's part, if this is the last {@code Session} object of it that is open. What it holds then is
     * treated like a dead process's. Children that were started with something of the session, and are still booting, are
     * waited for until they take part or have ended, for 10 seconds at most. Idempotent.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                participant.release();
            } catch (IOException e) {
                throw new UncheckedIOException("the session " + path() + " cannot be left: " + e.getMessage(), e);
            }
        }
    }

    private Participant open() {
        if (closed.get()) {
            throw new IllegalStateException("the session " + path() + " was closed by this process");
        }
        participant.requireOpen();
        return participant;
    }

    @Override
    public String toString() {
        return "session " + path() + (closed.get() ? " (closed)" : "");
    }

    private static final class Access extends SessionAccess<Session> {
        @Override
        protected Participant participant(Session session) {
            return session.open();
        }
    }
}

package dev.procession.process;

import dev.procession.internal.child.ChildAccess;
import dev.procession.internal.child.ChildEnds;
import dev.procession.internal.child.ChildEvents;
import dev.procession.internal.child.ChildJvm;
import dev.procession.internal.child.LaunchSpec;
import dev.procession.internal.child.ParentLink;
import dev.procession.internal.child.Preparation;
import dev.procession.internal.child.ProcessEnd;
import dev.procession.internal.child.RemoteFailure;
import dev.procession.internal.child.StartMessage;
import dev.procession.internal.log.LibraryLog;
import dev.procession.internal.participant.Reservations;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own that runs a body: what {@link Thread} is to threads. It is used in two ways. With a lambda:
 *
 * <pre>{@code
 * ChildProcess child = ChildProcess.of(() -> System.out.println("hello from " + ChildProcess.current().pid()));
 * child.start();
 * child.join();
 * }</pre>
 *
 * <p>or as a class to extend, whose fields travel into the child and whose {@link #run()} is executed there:
 *
 * <pre>{@code
 * final class Counter extends ChildProcess {
 *     private final int limit;
 *
 *     Counter(int limit) {
 *         this.limit = limit;
 *     }
 *
 *     @Override
 *     protected void run() {
 *         // runs in the child, on its copy of this object
 *     }
 * }
 * }</pre>
 *
 * <p>A child is a fresh JVM ("spawn"): it shares nothing with its parent, and what it is given must be serializable. Its
 * standard input is empty; what it prints reaches the parent as whole lines with the child's name.
 *
 * <p><b>Who waits for whom.</b> A parent that returns from {@code main} stays until its children have ended, daemons
 * excepted. {@link System#exit} and signals do not wait.
 *
 * <p><b>Death.</b> When a parent dies, by whatever means, its children end within two seconds, unless they were asked to
 * {@linkplain ChildOptions.Builder#survivesParent survive}. When a child dies, {@link #exitStatus()} tells how; what it
 * printed before is not lost.
 *
 * <p>Only the process that started a child can wait for it, end it or ask for its status. All methods may be called from
 * several threads. Memory consistency effects: what a thread did before {@code start()} is in the child's copy; what a
 * child printed has been delivered before {@code join()} returns.
 */
public abstract class ChildProcess implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1L;

    /** The children of this JVM that have been started and have not ended. */
    // By identity: a subclass may have an equals() of its own.
    private static final Set<ChildProcess> ACTIVE =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    static {
        ChildAccess.install(new Access());
    }

    private final String name;
    private final boolean daemon;

    // What only the parent has.
    private transient @Nullable ChildOptions options;
    private transient @Nullable Life life;
    private transient @Nullable Consumer<byte[]> messages;
    private transient boolean closed;

    /** A child with the options of this process. */
    protected ChildProcess() {
        this(ChildOptions.builder().build());
    }

    /**
     * A child with options of its own.
     *
     * @param options how it is to be started
     */
    protected ChildProcess(ChildOptions options) {
        this.options = options;
        String asName = options.name();
        this.name = asName != null ? asName : CurrentProcess.instance().nextChildName();
        Boolean asked = options.daemon();
        this.daemon = asked != null ? asked : CurrentProcess.instance().isDaemon();
    }

    /**
     * A child that runs a task.
     *
     * @param task what it runs; this object forgets it once the child is started
     * @return a child that is not started yet
     */
    public static ChildProcess of(ChildTask task) {
        return of(ChildOptions.builder().build(), task);
    }

    /**
     * A child that runs a task.
     *
     * @param options how it is to be started
     * @param task what it runs; this object forgets it once the child is started
     * @return a child that is not started yet
     */
    public static ChildProcess of(ChildOptions options, ChildTask task) {
        return new TaskProcess(options, task);
    }

    /**
     * A child that runs a task with arguments; an array and a list of them are the same.
     *
     * @param task what it runs
     * @param arguments serializable values
     * @return a child that is not started yet
     */
    public static ChildProcess of(ArgumentsTask task, Object... arguments) {
        return of(task, Arrays.asList(arguments));
    }

    /**
     * A child that runs a task with arguments.
     *
     * @param task what it runs
     * @param arguments serializable values
     * @return a child that is not started yet
     */
    public static ChildProcess of(ArgumentsTask task, List<?> arguments) {
        Objects.requireNonNull(task, "a child needs a task");
        ArrayList<Object> copy = new ArrayList<>(arguments);
        return new TaskProcess(ChildOptions.builder().build(), () -> task.run(copy), task);
    }

    /**
     * The body. Runs in the child, on its main thread, on the child's copy of this object. When it returns, the child
     * ends with exit code 0 as soon as its last thread that is not a daemon has ended.
     *
     * @throws Exception ends the child with exit code 1; it is printed to the child's standard error and can be had from
     *     {@link #exception()}
     * @throws ProcessExit ends the child with that exit code
     */
    protected abstract void run() throws Exception;

    /** {@return the class that a child needs for the body before any other} */
    Class<?> bodyClass() {
        return getClass();
    }

    /** Called in the parent after the body has been sent. */
    void onStarted() {}

    /**
     * Starts the child. Returns when its process exists, not when its body runs.
     *
     * @throws IllegalStateException when it was started before; when this library or the body came here in a way in which
     *     a child cannot have it, such as from a jar inside a jar, or from a source file that is run without being compiled
     *     ({@code java Program.java}), and its options name no class path; or in a child by a class
     *     initializer or {@code readObject()} that the start of the child's body runs: each child would start one more
     * @throws IllegalArgumentException when the body cannot be serialized; no process exists then
     * @throws java.io.UncheckedIOException when the system cannot start a process
     */
    public final void start() {
        Life started;
        synchronized (this) {
            requireOpen();
            ChildOptions given = options;
            if (given == null) {
                throw new IllegalStateException(describe() + " is a copy: only the process that made it can start it");
            }
            if (life != null) {
                throw new IllegalStateException(describe() + " was started before, as pid " + life.pid()
                        + ": make a new object for each start");
            }
            Preparation.refuse(describe());
            if (given.launchSpec().classPath() == null) {
                BodyClass.requireFindable(describe(), bodyClass());
            }
            Reservations travelling = new Reservations(name(), given.survivesParent());
            boolean launched = false;
            try {
                byte[] body = serialized(travelling);
                started = new Life(this, given);
                started.reservations = travelling.isEmpty() ? null : travelling;
                started.launch(body);
                life = started;
                launched = true;
            } finally {
                if (!launched) {
                    travelling.release();
                }
            }
        }
        onStarted();
    }

    private byte[] serialized(Reservations travelling) {
        travelling.begin();
        try {
            return ProcessRunner.encode(this);
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(
                    describe() + " cannot be started: its body refers to an object of " + e.getMessage()
                            + ", which is not serializable",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(describe() + " cannot be started: its body cannot be serialized", e);
        } finally {
            travelling.end();
        }
    }

    /**
     * Waits until the child has ended.
     *
     * @throws InterruptedException when this thread is interrupted; the child is not touched
     * @throws IllegalStateException when it was not started, or not by this process
     */
    public final void join() throws InterruptedException {
        life().await(0, true);
    }

    /**
     * Waits until the child has ended, for a limited time.
     *
     * @param timeout how long to wait at most; zero or less does not wait
     * @return whether it has ended
     * @throws InterruptedException when this thread is interrupted; the child is not touched
     * @throws IllegalStateException when it was not started, or not by this process
     */
    public final boolean join(Duration timeout) throws InterruptedException {
        return life().await(Math.max(0, TimeUnit.NANOSECONDS.convert(timeout)), false);
    }

    /**
     * Waits until the child has ended, and throws unless it ended well.
     *
     * @throws InterruptedException when this thread is interrupted; the child is not touched
     * @throws ChildFailedException when its exit status is not exit code 0, with the exception that ended it as cause
     * @throws IllegalStateException when it was not started, or not by this process
     */
    public final void joinOrThrow() throws InterruptedException {
        join();
        Life ended = life();
        if (!(ended.status() instanceof ExitStatus.Exited exited) || exited.code() != 0) {
            throw ended.exception();
        }
    }

    /**
     * Whether the child runs: it was started, and its end has not been seen. In the child itself it is true.
     *
     * @return whether it runs
     */
    public final synchronized boolean isAlive() {
        requireOpen();
        if (options == null) {
            return isSelf();
        }
        return life != null && life.ended.getCount() > 0;
    }

    /**
     * How the child ended.
     *
     * @return empty before the start and while it runs
     */
    public final synchronized Optional<ExitStatus> exitStatus() {
        requireOpen();
        return life == null || life.ended.getCount() > 0 ? Optional.empty() : Optional.of(life.status());
    }

    /**
     * How the child ended, as one number, by the convention of Python's multiprocessing: 0 is good, 1 is an uncaught
     * exception, {@code -n} is signal {@code n}.
     *
     * @return empty before the start and while it runs
     */
    public final OptionalInt exitCode() {
        Optional<ExitStatus> status = exitStatus();
        return status.isPresent() ? OptionalInt.of(status.get().code()) : OptionalInt.empty();
    }

    /**
     * The exception that ended the child's body, wrapped with the facts about the child.
     *
     * @return empty while it runs, and when no exception ended it
     */
    public final synchronized Optional<ChildFailedException> exception() {
        requireOpen();
        return life == null || life.ended.getCount() > 0 || life.failure == null
                ? Optional.empty()
                : Optional.of(life.exception());
    }

    /**
     * A future that is completed with this child when it has ended and its output has been delivered. Completing or
     * cancelling it does nothing to the child.
     *
     * @return a new future
     * @throws IllegalStateException when the child was not started, or not by this process
     */
    public final CompletableFuture<ChildProcess> onExit() {
        return life().onExit.copy();
    }

    /**
     * Asks the child to end: its shutdown hooks run. When the grace period of its options is over it is killed. Does not
     * wait. Without effect when it has ended.
     *
     * @throws IllegalStateException when it was not started, or not by this process
     */
    public final void terminate() {
        Life running = life();
        if (running.ended.getCount() > 0) {
            running.jvm().terminate(running.options.gracePeriod());
        }
    }

    /**
     * Like {@link #terminate()}, for the child and for every process that it has started, of whatever kind.
     *
     * @throws IllegalStateException when it was not started, or not by this process
     */
    public final void terminateTree() {
        Life running = life();
        if (running.ended.getCount() > 0) {
            running.jvm().terminateTree(running.options.gracePeriod());
        }
    }

    /**
     * Ends the child at once; nothing of it runs any more. Does not wait. Without effect when it has ended.
     *
     * @throws IllegalStateException when it was not started, or not by this process
     */
    public final void kill() {
        Life running = life();
        if (running.ended.getCount() > 0) {
            running.jvm().kill();
        }
    }

    /**
     * Lets go of a child that has ended, or was never started. Nothing else can be asked of it afterwards. Closing twice
     * does nothing.
     *
     * @throws IllegalStateException when the child runs: join or terminate it before
     */
    @Override
    public final synchronized void close() {
        if (closed) {
            return;
        }
        if (life != null && life.ended.getCount() > 0) {
            throw new IllegalStateException(describe() + " still runs: join() or terminate() it before close()");
        }
        closed = true;
        life = null;
    }

    /**
     * The child's name.
     *
     * @return the name of its options, or one that was made for it
     */
    public final String name() {
        return name;
    }

    /**
     * Whether its parent may end while it runs.
     *
     * @return as of its options; otherwise as of the process that made it
     */
    public final boolean isDaemon() {
        return daemon;
    }

    /**
     * The child's process id, as the operating system knows it. It stays known after its end, when the system may give
     * it to another process.
     *
     * @return the process id; in the child its own
     * @throws IllegalStateException when it was not started
     */
    public final long pid() {
        synchronized (this) {
            if (options == null && isSelf()) {
                return ProcessHandle.current().pid();
            }
        }
        return life().pid();
    }

    /**
     * The process that calls.
     *
     * @return this process, whether it is a child or not
     */
    public static CurrentProcess current() {
        return CurrentProcess.instance();
    }

    /**
     * The process that started this one.
     *
     * @return empty when this process is not a child of Procession's
     */
    public static Optional<ParentProcess> parent() {
        ParentLink link = ParentLink.current();
        return link == null ? Optional.empty() : Optional.of(new ParentProcess(link));
    }

    /**
     * The children that this process has started and that have not ended.
     *
     * @return a snapshot, in no particular order
     */
    public static List<ChildProcess> activeChildren() {
        synchronized (ACTIVE) {
            return List.copyOf(ACTIVE);
        }
    }

    /**
     * The number of processors that this process may use.
     *
     * @return one or more
     */
    public static int cpuCount() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder(describe());
        synchronized (this) {
            if (closed) {
                text.append(" closed");
            } else if (options == null) {
                text.append(isSelf() ? " this process" : " a copy in another process");
            } else if (life == null) {
                text.append(" not started");
            } else {
                text.append(" pid=").append(life.pid()).append(' ');
                text.append(
                        life.ended.getCount() > 0 ? "running" : life.status().toString());
            }
        }
        return text.append(daemon ? " daemon" : "").toString();
    }

    private String describe() {
        String own = getClass().getSimpleName();
        return (own.isEmpty() || this instanceof TaskProcess ? "ChildProcess" : own) + " \"" + name() + "\"";
    }

    /** Whether this object is the child's copy of itself. */
    private boolean isSelf() {
        return ProcessRunner.self() == this;
    }

    private synchronized Life life() {
        requireOpen();
        if (life != null) {
            return life;
        }
        if (options == null) {
            throw new IllegalStateException(describe() + " is a copy in process " + current()
                    + ": only the process that started it can do that");
        }
        throw new IllegalStateException(describe() + " was not started: call start() first");
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(describe() + " is closed");
        }
    }

    /** One start of a child, from its launch on. */
    private static final class Life implements ChildEvents {
        private final ChildProcess owner;
        private final ChildOptions options;
        private final CountDownLatch ended = new CountDownLatch(1);
        private final CompletableFuture<ChildProcess> onExit = new CompletableFuture<>();
        private @Nullable ChildJvm jvm;
        private volatile @Nullable RemoteFailure failure;
        private volatile @Nullable ExitStatus status;
        private volatile @Nullable Reservations reservations;

        Life(ChildProcess owner, ChildOptions options) {
            this.owner = owner;
            this.options = options;
        }

        void launch(byte[] body) {
            CurrentProcess parent = current();
            // Before the launch: a child that ends at once must not be removed before it was added.
            ACTIVE.add(owner);
            try {
                StartMessage start = new StartMessage(
                        owner.name(),
                        owner.daemon,
                        options.survivesParent(),
                        parent.pid(),
                        parent.name(),
                        parent.authKey(),
                        null,
                        LibraryLog.configuration(),
                        ProcessRunner.class.getName(),
                        body);
                LaunchSpec spec = options.launchSpec();
                ChildSpares spares = options.spares();
                ChildJvm spare = spares == null ? null : spares.take(spec);
                ChildJvm booted = spare != null ? spare : ChildJvm.boot(owner.name(), spec, null, this);
                jvm = booted;
                // Before it can do anything: nothing that it records comes before its start.
                ChildEnds.tellStarted(booted.pid(), owner.name());
                booted.begin(start, this);
                if (LibraryLog.isHeard(Level.DEBUG)) {
                    LibraryLog.log(
                            Level.DEBUG,
                            () -> owner.describe() + " has started" + (spare == null ? "" : " from a spare"));
                }
            } catch (IOException e) {
                ACTIVE.remove(owner);
                throw new java.io.UncheckedIOException(owner.describe() + " cannot be started: " + e.getMessage(), e);
            } catch (RuntimeException | Error e) {
                ACTIVE.remove(owner);
                throw e;
            }
        }

        ChildJvm jvm() {
            ChildJvm running = jvm;
            if (running == null) {
                throw new IllegalStateException(owner.describe() + " is being started");
            }
            return running;
        }

        long pid() {
            return jvm().pid();
        }

        void dismiss() {
            // One that has died already, unseen, has died by itself.
            if (jvm().isAlive()) {
                ChildEnds.tellDismissed(pid());
                jvm().kill();
            }
        }

        boolean await(long nanos, boolean forEver) throws InterruptedException {
            // Who asks again and again does not wait, and must not fill the event record.
            if (ended.getCount() == 0 || (nanos <= 0 && !forEver)) {
                return ended.await(0, TimeUnit.NANOSECONDS);
            }
            ChildEnds.tellJoining(pid());
            ChildEnds.Join how = ChildEnds.Join.INTERRUPTED;
            try {
                boolean over;
                if (forEver) {
                    ended.await();
                    over = true;
                } else {
                    over = ended.await(nanos, TimeUnit.NANOSECONDS);
                }
                how = over ? ChildEnds.Join.ENDED : ChildEnds.Join.TIMED_OUT;
                return over;
            } finally {
                ChildEnds.tellJoined(pid(), how);
            }
        }

        ExitStatus status() {
            ExitStatus known = status;
            if (known == null) {
                throw new IllegalStateException(owner.describe() + " runs");
            }
            return known;
        }

        ChildFailedException exception() {
            RemoteFailure remote = failure;
            if (remote == null) {
                return new ChildFailedException(owner.name(), pid(), status(), null, null, null, null);
            }
            Throwable cause = remote.thrown(owner.getClass().getClassLoader());
            return new ChildFailedException(
                    owner.name(), pid(), status(), remote.className(), remote.message(), remote.stack(), cause);
        }

        @Override
        public void line(boolean error, String line) {
            options.output().line(owner.name(), error, line);
        }

        @Override
        public void message(byte[] message) {
            Consumer<byte[]> listener = owner.messages;
            if (listener != null) {
                listener.accept(message);
            }
        }

        @Override
        public void failed(RemoteFailure remote) {
            failure = remote;
        }

        @Override
        public void ended(ProcessEnd end) {
            status = end.bySignal() ? new ExitStatus.Killed(end.value()) : new ExitStatus.Exited(end.value());
            ACTIVE.remove(owner);
            if (LibraryLog.isHeard(Level.DEBUG)) {
                LibraryLog.log(Level.DEBUG, () -> owner.describe() + " has ended");
            }
            // Before anybody's join() returns: what the child held is then free at once.
            ChildEnds.tell(pid(), status().code());
            Reservations travelling = reservations;
            if (travelling != null) {
                travelling.release();
            }
            ended.countDown();
            onExit.complete(owner);
        }
    }

    /** Opens the messages of a child to the packages of this library. */
    private static final class Access extends ChildAccess<ChildProcess> {
        @Override
        public void onMessage(ChildProcess child, Consumer<byte[]> listener) {
            child.messages = listener;
        }

        @Override
        public void dismiss(ChildProcess child) {
            child.life().dismiss();
        }

        @Override
        public void send(ChildProcess child, byte[] message) throws IOException {
            child.life().jvm().send(message);
        }

        @Override
        public void send(ChildProcess child, byte[] head, byte[] rest) throws IOException {
            child.life().jvm().send(head, rest);
        }
    }
}

package dev.procession.manager;

import dev.procession.channel.AuthenticationException;
import dev.procession.channel.Connection;
import dev.procession.channel.ConnectionLimitException;
import dev.procession.channel.ConnectionOptions;
import dev.procession.internal.waiting.Deadline;
import dev.procession.process.ChildProcess;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * This process as a client of a manager. It has one control connection, whose end is this process's end for the manager, and
 * one connection for each call that is under way: a thread takes one, sends, reads the answer itself, and puts it back. With
 * one connection for all, another thread would have to read and to wake the right one: two more wake-ups for each call. With
 * one for each thread, idle threads would keep connections.
 */
final class ManagerClient implements Frame.References, FrameSource.References {
    /** Connections beyond that are closed when their call is over. */
    private static final int MOST_IDLE = 16;

    private static final Duration EXIT_KNOWN = Duration.ofSeconds(2);
    private static final long RETRY_MILLIS = 50;

    /** The server closes the control connection within so long after any other one, when it ends. */
    private static final Duration END_SEEN = Duration.ofSeconds(1);

    private final SocketAddress address;
    private final ManagerOptions options;
    private final ConnectionOptions connection;
    private final boolean keyKnown;
    private final boolean ofTree;
    private final Housekeeping housekeeping;
    private final ConcurrentLinkedDeque<ClientLink> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();

    private volatile String managerId;
    private volatile long pid;
    private volatile @Nullable ManagerDiedException dead;
    private volatile @Nullable ChildProcess child;

    // Under this object's monitor.
    private @Nullable ClientLink control;
    private long session;
    private volatile int epoch;
    private volatile boolean closed;

    /**
     * @param managerId empty if it is not known yet
     * @param keyKnown whether there is any use in connecting
     * @param ofTree whether the key is the tree's
     */
    ManagerClient(String managerId, SocketAddress address, ManagerOptions options, boolean keyKnown, boolean ofTree) {
        this.managerId = managerId;
        this.address = address;
        this.options = options;
        this.connection = options.connectionWithKey();
        this.keyKnown = keyKnown;
        this.ofTree = ofTree;
        this.housekeeping = new Housekeeping(options.name(), new Reports());
    }

    void startedBy(ChildProcess process) {
        child = process;
    }

    String managerId() {
        return managerId;
    }

    long pid() {
        return pid;
    }

    SocketAddress address() {
        return address;
    }

    Duration answerTimeout() {
        return options.answerTimeout();
    }

    String describe() {
        return "manager \"" + options.name() + "\"" + (pid == 0 ? "" : " (pid " + pid + ")");
    }

    Housekeeping housekeeping() {
        return housekeeping;
    }

    ObjectInputFilter filter(int bytes) {
        return connection.filter(address, bytes);
    }

    /** Takes a connection for one call. */
    ClientLink take() throws InterruptedException {
        while (true) {
            ClientLink link = idle.pollFirst();
            if (link == null) {
                return open();
            }
            idleCount.decrementAndGet();
            if (link.epoch == epoch && link.connection.isOpen()) {
                return link;
            }
            link.connection.close();
        }
    }

    void giveBack(ClientLink link, boolean reusable) {
        if (reusable && link.epoch == epoch && !closed && idleCount.get() < MOST_IDLE) {
            idleCount.incrementAndGet();
            idle.addFirst(link); // the one that was used last: its buffers are in the caches
        } else {
            link.connection.close();
        }
    }

    private ClientLink open() throws InterruptedException {
        ManagerDiedException known = dead;
        if (known != null) {
            throw died("", known);
        }
        try {
            ensureControl();
            return link(false);
        } catch (AuthenticationException | ConnectionLimitException e) {
            throw new UncheckedIOException(describe() + ": " + e.getMessage(), e);
        } catch (SocketTimeoutException e) {
            throw new ManagerSilentException(describe() + " lives and does not answer: " + e.getMessage());
        } catch (IOException e) {
            throw lost(null, e, false);
        }
    }

    /** Connects, or throws what a caller should see. */
    void connect() throws IOException, InterruptedException {
        ensureControl();
    }

    private synchronized void ensureControl() throws IOException, InterruptedException {
        if (closed) {
            throw new IllegalStateException("the connection with " + describe() + " was closed by this process");
        }
        if (control != null) {
            return;
        }
        if (!keyKnown) {
            throw new AuthenticationException("an object of " + describe()
                    + " has arrived in this process, which has not" + " its key: call ProcessManager.connect(\""
                    + address + "\", options with the key) before");
        }
        long deadline = Deadline.in(epoch == 0 ? Duration.ZERO : options.reconnect());
        while (true) {
            try {
                session = new java.security.SecureRandom().nextLong();
                control = link(true);
                break;
            } catch (AuthenticationException | ConnectionLimitException | SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                if (Deadline.remaining(deadline) <= RETRY_MILLIS * 1_000_000) {
                    throw e;
                }
                wait(RETRY_MILLIS);
            }
        }
        if (epoch > 0) {
            // What is still here after a reconnection is kept; what went is noticed when it is called.
            for (Long id : housekeeping.ids()) {
                claim(id);
            }
        }
    }

    /** Opens a connection and says who this is. */
    private ClientLink link(boolean isControl) throws IOException, InterruptedException {
        Connection opened = Connection.connect(address, connection);
        boolean good = false;
        try {
            ClientLink link = new ClientLink(opened, epoch);
            link.out
                    .clear()
                    .put(Frame.HELLO)
                    .putLong(session)
                    .putLong(ProcessHandle.current().pid())
                    .putText(ChildProcess.current().name())
                    .put((byte) (isControl ? 1 : 0));
            opened.sendBytes(link.out.array(), 0, link.out.length());
            byte[] answer = opened.receiveBytes(options.answerTimeout());
            FrameSource in = new FrameSource(answer, filter(answer.length));
            if (in.type() != Frame.VALUE) {
                throw new IOException(describe() + " has dropped this client: its control connection was lost");
            }
            String id = in.text();
            long serverPid = in.longNumber();
            if (managerId.isEmpty() || managerId.equals(id) || isControl) {
                managerId = id;
                pid = serverPid;
            }
            good = true;
            return link;
        } catch (TimeoutException e) {
            throw (SocketTimeoutException)
                    new SocketTimeoutException(describe() + " accepted a connection and does not answer").initCause(e);
        } finally {
            if (!good) {
                opened.close();
            }
        }
    }

    /** A connection broke: most often the manager has ended, or is out of reach. Returns what the caller is to throw. */
    RuntimeException lost(@Nullable ClientLink link, IOException why, boolean underWay) {
        if (isControlAlive(link)) {
            return new UncheckedIOException(
                    describe() + " lives, and " + (link == null ? "a connection" : "the connection")
                            + " for a call to it " + (link == null ? "could not be made: " : "broke: ")
                            + why.getMessage(),
                    why);
        }
        ManagerDiedException died;
        synchronized (this) {
            String what = link == null
                    ? "cannot be reached: " + why.getMessage()
                    : "has ended or was shut down" + (underWay ? " during a call" : "");
            died = died(what, why);
            if (link == null || link.epoch == epoch) {
                dropLinks();
                epoch++;
                if (options.reconnect().isZero()) {
                    dead = died;
                }
            }
        }
        return died;
    }

    /** When a process ends, its connections break one after the other. */
    private boolean isControlAlive(@Nullable ClientLink broken) {
        ClientLink known;
        synchronized (this) {
            known = control;
            if (closed || known == null || (broken != null && broken.epoch != epoch)) {
                return false;
            }
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return !known.connection.poll(END_SEEN);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (IOException e) {
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ManagerDiedException died(String what, Throwable cause) {
        if (cause instanceof ManagerDiedException known) {
            // A new one for each caller, with the caller's own stack.
            return new ManagerDiedException(
                    "manager \"" + options.name() + "\"",
                    known.pid(),
                    known.exitCode().isPresent() ? (Integer) known.exitCode().getAsInt() : null,
                    "has ended or was shut down",
                    known);
        }
        return new ManagerDiedException("manager \"" + options.name() + "\"", pid, exitCode(), what, cause);
    }

    /** Only the process that started it learns it, and a moment after the connections have broken. */
    private @Nullable Integer exitCode() {
        ChildProcess process = child;
        if (process == null) {
            return null;
        }
        boolean interrupted = Thread.interrupted();
        try {
            return process.join(EXIT_KNOWN) && process.exitCode().isPresent()
                    ? (Integer) process.exitCode().getAsInt()
                    : null;
        } catch (InterruptedException e) {
            interrupted = true;
            return null;
        } catch (IllegalStateException e) {
            return null; // closed
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void dropLinks() {
        ClientLink known = control;
        control = null;
        if (known != null) {
            known.connection.close();
        }
        ClientLink link = idle.pollFirst();
        while (link != null) {
            idleCount.decrementAndGet();
            link.connection.close();
            link = idle.pollFirst();
        }
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            housekeeping.close();
            dropLinks();
            Managers.remove(this);
        }
    }

    private RootCalls root() {
        return new RemoteRef(this, 0, Kind.ROOT, List.of(RootCalls.class), null).calls(RootCalls.class);
    }

    private boolean claim(long id) {
        return root().claim(id);
    }

    /** A proxy has arrived by other ways than an answer of the manager. */
    void claimLater(RemoteRef ref) {
        housekeeping.arrived(ref);
        try {
            claim(ref.id());
        } catch (ManagerDiedException | UncheckedIOException | ManagerSilentException | IllegalStateException e) {
            // The first call says so. Whoever only passes the proxy on is not troubled.
        }
    }

    ProxyForm form(RemoteRef ref) {
        try {
            root().pin(ref.id());
        } catch (ManagerDiedException | UncheckedIOException e) {
            // Who gets it will see.
        }
        return options.form(managerId, address, ofTree, ref);
    }

    @Override
    public boolean write(Object value, Frame out) {
        Ref ref = Ref.of(value);
        if (ref == null || !ref.managerId().equals(managerId)) {
            return false;
        }
        out.put(Frame.REFERENCE).putLong(ref.id());
        return true;
    }

    @Override
    public Object read(FrameSource in) throws IOException {
        long id = in.longNumber();
        Kind kind = Kind.valueOf(in.text());
        String name = in.text();
        java.util.ArrayList<String> interfaces = new java.util.ArrayList<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            interfaces.add(in.text());
        }
        RemoteRef ref = new RemoteRef(
                this,
                id,
                kind,
                kind == Kind.OWN ? Managers.classes(interfaces) : List.of(kind.calls()),
                name.isEmpty() ? null : name);
        housekeeping.arrived(ref);
        return kind.proxy(ref);
    }

    private final class Reports implements Housekeeping.Reporter {
        @Override
        public void released(Map<Long, Long> idsAndTimes) {
            Frame out = new Frame().put(Frame.RELEASE).putInt(idsAndTimes.size());
            idsAndTimes.forEach((id, times) -> out.putLong(id).putLong(times));
            send(out);
        }

        @Override
        public void ended(Thread thread) {
            send(new Frame().put(Frame.ENDED).putLong(thread.getId()).putText(thread.getName()));
        }

        private void send(Frame out) {
            ClientLink link;
            synchronized (ManagerClient.this) {
                link = control;
            }
            if (link == null) {
                return; // there is no session in which anything is held
            }
            try {
                link.connection.sendBytes(out.array(), 0, out.length());
            } catch (IOException e) {
                // The manager is gone, and all that was held with it.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package dev.procession.manager;

import dev.procession.internal.child.ChildAccess;
import dev.procession.internal.child.Preparation;
import dev.procession.internal.wire.ObjectCodec;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.sync.BarrierOptions;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessBarrier;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessReentrantLock;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.sync.SemaphoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that holds objects for others: maps, lists, queues, synchronisers, and types of one's own. Others have proxies, which
 * implement the usual interfaces, can be sent to further processes, and work there as well; over TCP also on other machines.
 *
 * <pre>{@code
 * try (ProcessManager manager = ProcessManager.start()) {
 *     ManagedMap<String, Integer> counts = manager.map();
 *     ChildProcess child = ChildProcess.of(() -> counts.merge("visits", 1, Integer::sum)); // runs in the manager, in one step
 *     child.start();
 *     child.join();
 *     counts.get("visits"); // 1
 * }
 * }</pre>
 *
 * <p>A call costs a round trip between two processes, some microseconds here and more over a network. Where speed matters on one
 * machine, shared memory ({@code dev.procession.sync}, {@code dev.procession.shared}) is a thousand times faster.
 *
 * <p><b>Who waits for whom.</b> A call that waits (a lock, {@code take()}, {@code await()}) keeps only its own thread here and a
 * thread of its own there. Its timeout is measured in the manager; an interrupt ends it there, too.
 *
 * <p><b>When a client dies</b> or disconnects, what it held is given back within a tenth of a second: locks (the next owner can see
 * that), leased permits, places at barriers, which break, and waits. <b>When the manager dies</b>, every call of a proxy fails at
 * once with {@link ManagerDiedException}. When the process dies that started it, the manager ends within two seconds.
 *
 * <p><b>How long objects live.</b> As long as a client has a proxy for them, another object of the manager has them in it, or they
 * have a name. A proxy on its way from process to process keeps its object for a minute.
 *
 * <p><b>Exceptions</b> that a call throws in the manager are thrown here, with the manager's stack as a suppressed one; where
 * they cannot be brought here, {@link RemoteCallException} has their class, message and stack.
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public final class ProcessManager implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final ManagerOptions options;
    private final @Nullable ManagerServer server;
    private final @Nullable ManagerClient client;
    private final @Nullable ManagerServerProcess process;
    private final RootCalls root;

    private ManagerState state = ManagerState.OPEN;

    private enum ManagerState {
        OPEN,
        CLOSED
    }

    private ProcessManager(
            ManagerOptions options,
            @Nullable ManagerServer server,
            @Nullable ManagerClient client,
            @Nullable ManagerServerProcess process) {
        this.options = options;
        this.server = server;
        this.client = client;
        this.process = process;
        if (client != null) {
            this.root = new RemoteRef(client, 0, Kind.ROOT, List.of(RootCalls.class), null).calls(RootCalls.class);
        } else if (server != null) {
            this.root = new LocalRef(server, server.root()).calls(RootCalls.class);
        } else {
            throw new IllegalStateException("a manager is here or elsewhere");
        }
    }

    /** Starts a manager in a process of its own, for this tree of processes. */
    public static ProcessManager start() {
        return start(ManagerOptions.standard());
    }

    /**
     * Starts a manager in a process of its own. Returns when it serves.
     *
     * @return the caller's: closing it ends the manager
     * @throws dev.procession.process.ChildFailedException if its process ends before it serves: the initializer threw, or the
     *     address is taken
     * @throws IllegalArgumentException if the options cannot be sent to it
     * @throws IllegalStateException in a child, by a class initializer that the arrival of a body runs
     */
    public static ProcessManager start(ManagerOptions options) {
        Preparation.refuse("manager \"" + options.name() + "\"");
        ChildOptions given = options.child();
        ChildOptions child = given != null
                ? given
                : ChildOptions.builder().name(options.name()).daemon(true).build();
        ManagerServerProcess process = new ManagerServerProcess(child, options);
        BlockingQueue<byte[]> started = new ArrayBlockingQueue<>(1);
        ChildAccess.of(ChildProcess.class).onMessage(process, started::add);
        process.start();
        boolean up = false;
        try {
            byte[] message = awaitStart(process, started);
            List<?> said = (List<?>) decoded(message);
            String id = (String) said.get(0);
            SocketAddress address = (SocketAddress) said.get(1);
            ManagerClient client = new ManagerClient(id, address, options, true, options.key() == null);
            client.startedBy(process);
            client.connect();
            Managers.add(client);
            up = true;
            return new ProcessManager(options, null, client, process);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "manager \"" + options.name() + "\" cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the start of manager \"" + options.name() + "\" was interrupted", e);
        } finally {
            if (!up && process.isAlive()) {
                process.kill();
            }
        }
    }

    private static byte[] awaitStart(ManagerServerProcess process, BlockingQueue<byte[]> started)
            throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() - deadline < 0) {
            byte[] message = started.poll(20, TimeUnit.MILLISECONDS);
            if (message == null && !process.isAlive()) {
                message = started.poll(); // what it sent comes before its end
                if (message == null) {
                    process.joinOrThrow();
                    throw new IllegalStateException(process + " ended before it served");
                }
            }
            if (message != null) {
                return message;
            }
        }
        throw new IllegalStateException(process + " does not serve after " + START_LIMIT.toSeconds() + " s");
    }

    private static Object decoded(byte[] message) throws IOException {
        try {
            Object decoded = ObjectCodec.decode(message, null);
            if (decoded == null) {
                throw new IOException("nothing was said");
            }
            return decoded;
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    /**
     * Serves objects from this process. Proxies that are used in it call their objects directly.
     *
     * @return the caller's: closing it ends the service
     * @throws IOException if it cannot listen at its address
     */
    public static ProcessManager serve(ManagerOptions options) throws IOException {
        try {
            options.initialize();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the initializer of manager \"" + options.name() + "\" failed", e);
        }
        return new ProcessManager(options, ManagerServer.open(options), null, null);
    }

    /**
     * Connects with a manager that somebody else started. Proxies of it that arrive in this process, or have, use the
     * connection, too.
     *
     * @param address the manager's {@link #address}
     * @param options with its key, if that is not the tree's; what runs in the manager is of no use here
     * @return the caller's: closing it disconnects, and the manager goes on
     * @throws dev.procession.channel.AuthenticationException if one side has another key
     * @throws IOException if nobody listens there, or a message does not come in time
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public static ProcessManager connect(SocketAddress address, ManagerOptions options)
            throws IOException, InterruptedException {
        ManagerClient client = new ManagerClient("", address, options, true, options.key() == null);
        boolean connected = false;
        try {
            client.connect();
            Managers.add(client);
            connected = true;
            return new ProcessManager(options, null, client, null);
        } finally {
            if (!connected) {
                client.close();
            }
        }
    }

    private Object open(Kind kind, @Nullable String name, @Nullable Object... details) {
        requireOpen();
        return root.open(kind.name(), name, new ArrayList<>(Arrays.asList(details)));
    }

    private synchronized void requireOpen() {
        if (state != ManagerState.OPEN) {
            throw new IllegalStateException(this + ": start or connect it again");
        }
    }

    /** {@return a new map} */
    @SuppressWarnings("unchecked") // it is new
    public <K, V> ManagedMap<K, V> map() {
        return (ManagedMap<K, V>) open(Kind.MAP, null);
    }

    /** {@return the map of a name, which is made if it is not there} */
    @SuppressWarnings("unchecked") // as whoever made it said
    public <K, V> ManagedMap<K, V> map(String name) {
        return (ManagedMap<K, V>) open(Kind.MAP, name);
    }

    /** {@return a new list} */
    public <E> ManagedList<E> list() {
        return list(List.of());
    }

    /** {@return a new list with some elements} */
    @SuppressWarnings("unchecked") // it is new
    public <E> ManagedList<E> list(List<? extends E> elements) {
        return (ManagedList<E>) open(Kind.LIST, null, new ArrayList<>(elements));
    }

    /** {@return the list of a name, which is made if it is not there} */
    @SuppressWarnings("unchecked") // as whoever made it said
    public <E> ManagedList<E> list(String name) {
        return (ManagedList<E>) open(Kind.LIST, name, new ArrayList<>());
    }

    /** {@return a new set} */
    @SuppressWarnings("unchecked") // it is new
    public <E> Set<E> set() {
        return (Set<E>) open(Kind.SET, null);
    }

    /** {@return the set of a name, which is made if it is not there} */
    @SuppressWarnings("unchecked") // as whoever made it said
    public <E> Set<E> set(String name) {
        return (Set<E>) open(Kind.SET, name);
    }

    /** {@return a new namespace} */
    public Namespace namespace() {
        return (Namespace) open(Kind.NAMESPACE, null);
    }

    /** {@return the namespace of a name, which is made if it is not there} */
    public Namespace namespace(String name) {
        return (Namespace) open(Kind.NAMESPACE, name);
    }

    /** {@return a new value} */
    @SuppressWarnings("unchecked") // it is new
    public <V> ManagedValue<V> value(@Nullable V initial) {
        return (ManagedValue<V>) open(Kind.VALUE, null, initial);
    }

    /** {@return the value of a name, which is made if it is not there} */
    @SuppressWarnings("unchecked") // as whoever made it said
    public <V> ManagedValue<V> value(String name, @Nullable V initial) {
        return (ManagedValue<V>) open(Kind.VALUE, name, initial);
    }

    /** {@return a new array of some elements} */
    @SuppressWarnings("unchecked") // it is new
    public <E> ManagedArray<E> array(List<? extends E> elements) {
        return (ManagedArray<E>) open(Kind.ARRAY, null, new ArrayList<>(elements));
    }

    /** {@return a new array that has the same element everywhere} */
    public <E> ManagedArray<E> array(int length, E element) {
        return array(Collections.nCopies(length, element));
    }

    /** {@return a new queue without a limit} */
    public <E> ManagedQueue<E> queue() {
        return queue(Integer.MAX_VALUE);
    }

    /**
     * {@return a new queue}
     *
     * @param capacity how many items it takes at the most; 1 or more
     */
    public <E> ManagedQueue<E> queue(int capacity) {
        return queue(null, capacity);
    }

    /**
     * {@return the queue of a name, which is made if it is not there}
     *
     * @param name null for a new one
     * @param capacity how many items it takes at the most; 1 or more
     */
    @SuppressWarnings("unchecked") // as whoever made it said
    public <E> ManagedQueue<E> queue(@Nullable String name, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be 1 or more: capacity=" + capacity);
        }
        return (ManagedQueue<E>) open(Kind.QUEUE, name, capacity);
    }

    /** {@return a new lock} */
    public ProcessLock lock() {
        return lock(null, LockOptions.standard());
    }

    /**
     * {@return the lock of a name, which is made if it is not there}
     *
     * @param name null for a new one
     */
    public ProcessLock lock(@Nullable String name, LockOptions how) {
        return (ProcessLock) open(Kind.LOCK, name, how.isStrict(), how.detectsDeadlocks());
    }

    /** {@return a new reentrant lock} */
    public ProcessReentrantLock reentrantLock() {
        return reentrantLock(null, LockOptions.standard());
    }

    /**
     * {@return the reentrant lock of a name, which is made if it is not there}
     *
     * @param name null for a new one
     */
    public ProcessReentrantLock reentrantLock(@Nullable String name, LockOptions how) {
        return (ProcessReentrantLock) open(Kind.REENTRANT_LOCK, name, how.isStrict(), how.detectsDeadlocks());
    }

    /** {@return a new condition of a new reentrant lock} */
    public ProcessCondition condition() {
        return reentrantLock().newCondition();
    }

    /**
     * {@return the condition of a name, which is made if it is not there}
     *
     * @param name null for a new one
     * @param lock a lock of this manager
     */
    public ProcessCondition condition(@Nullable String name, ProcessLock lock) {
        return (ProcessCondition) open(Kind.CONDITION, name, lock);
    }

    /** {@return a new event, unset} */
    public ProcessEvent event() {
        return (ProcessEvent) open(Kind.EVENT, null);
    }

    /** {@return the event of a name, which is made if it is not there} */
    public ProcessEvent event(String name) {
        return (ProcessEvent) open(Kind.EVENT, name);
    }

    /**
     * {@return a new semaphore}
     *
     * @param permits how many are available at first; 0 or more
     */
    public ProcessSemaphore semaphore(int permits, SemaphoreOptions how) {
        return semaphore(null, permits, how);
    }

    /**
     * {@return the semaphore of a name, which is made if it is not there}
     *
     * @param name null for a new one
     * @param permits how many are available at first; 0 or more
     */
    public ProcessSemaphore semaphore(@Nullable String name, int permits, SemaphoreOptions how) {
        if (permits < 0) {
            throw new IllegalArgumentException("permits must not be negative: permits=" + permits);
        }
        int bound = how.isBounded() ? permits : Integer.MAX_VALUE;
        return (ProcessSemaphore) open(Kind.SEMAPHORE, name, permits, bound, how.isLeased(), how.isKeptByProcess());
    }

    /**
     * {@return a new barrier}
     *
     * @param parties how many pass together; 1 or more
     */
    public ProcessBarrier barrier(int parties) {
        return barrier(null, parties, BarrierOptions.standard());
    }

    /**
     * {@return the barrier of a name, which is made if it is not there} Its action runs in the manager.
     *
     * @param name null for a new one
     * @param parties how many pass together; 1 or more
     */
    public ProcessBarrier barrier(@Nullable String name, int parties, BarrierOptions how) {
        if (parties < 1) {
            throw new IllegalArgumentException("parties must be 1 or more: parties=" + parties);
        }
        Optional<Duration> timeout = how.timeout();
        return (ProcessBarrier) open(
                Kind.BARRIER,
                name,
                parties,
                timeout.isPresent() ? Nanos.of(timeout.get()) : Nanos.FOR_EVER,
                how.givenAction().orElse(null));
    }

    /**
     * Makes an object of a registered type in the manager.
     *
     * @param type as it was {@linkplain ManagerOptions#register registered}
     * @return a proxy
     * @throws IllegalArgumentException if it is not registered
     */
    public <T> T create(Class<T> type) {
        requireOpen();
        return type.cast(root.create(type.getName(), null, null));
    }

    /**
     * Makes an object in the manager.
     *
     * @param type an interface: what may be called from afar
     * @param factory runs in the manager
     * @return a proxy
     */
    public <T> T create(Class<T> type, RemoteSupplier<? extends T> factory) {
        requireOpen();
        return type.cast(root.create(type.getName(), factory, null));
    }

    /**
     * {@return the object of a name, which is made if it is not there}
     *
     * @param type as it was {@linkplain ManagerOptions#register registered}
     */
    public <T> T open(Class<T> type, String name) {
        requireOpen();
        return type.cast(root.create(type.getName(), null, name));
    }

    /**
     * Takes a name from an object, which then lives as long as somebody uses it.
     *
     * @return whether there was one of that name
     */
    public boolean forget(String name) {
        requireOpen();
        return root.forget(name);
    }

    /** {@return the names of its objects, sorted} */
    public List<String> names() {
        requireOpen();
        return root.names();
    }

    /** {@return how many objects clients have proxies for, or have a name} */
    public int objects() {
        requireOpen();
        return root.objects();
    }

    /** {@return for people: its clients and its objects, who holds what, who waits} */
    public String dump() {
        requireOpen();
        return root.dump();
    }

    /** {@return where it listens; serializable, for {@link #connect}} */
    public SocketAddress address() {
        return server != null ? server.address() : ((ManagerClient) known(client)).address();
    }

    /** {@return the process id of the manager's process} */
    public long pid() {
        return server != null ? ProcessHandle.current().pid() : ((ManagerClient) known(client)).pid();
    }

    private static Object known(@Nullable Object value) {
        return java.util.Objects.requireNonNull(value);
    }

    /** {@return the manager's process; empty if this process has not started it} */
    public Optional<ChildProcess> process() {
        return Optional.ofNullable(process);
    }

    /** The same as {@link #close}. */
    public void shutdown() {
        close();
    }

    /**
     * Ends the manager if this process has started or serves it: clients that wait in it are cut off. Else disconnects. Waits for
     * the end of the manager's process; kills it if that takes longer than five seconds. Idempotent.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (state == ManagerState.CLOSED) {
                return;
            }
            state = ManagerState.CLOSED;
        }
        if (server != null) {
            server.close();
        }
        if (process != null) {
            end(process);
        }
        if (client != null) {
            client.close();
        }
    }

    private static void end(ManagerServerProcess process) {
        boolean interrupted = false;
        try {
            if (process.isAlive()) {
                ChildAccess.of(ChildProcess.class).send(process, new byte[1]);
                if (process.join(STOP_LIMIT)) {
                    return;
                }
            }
        } catch (IOException e) {
            // It ends, or has ended.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (process.isAlive()) {
            process.kill();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "manager \"" + options.name() + "\""
                + (state == ManagerState.CLOSED ? " is closed" : " at " + address());
    }
}

package dev.procession.sync;

import dev.procession.Waitable;
import dev.procession.session.Session;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A flag that threads of all processes can wait for. It is set until somebody clears it.
 *
 * <p><b>Who passes.</b> Whoever comes while it is set, and everybody who was waiting when it was set, even if it is cleared
 * at once: {@code set(); clear();} lets all of them go.
 *
 * <p><b>When a process dies.</b> Nobody owns an event, so nothing is lost: it stays as it is. {@link #set} and
 * {@link #clear} change one word and never wait for anybody, whoever else is stopped or dead, and may therefore be called
 * from a signal handler, a shutdown hook or a cleaner. A process that dies between its change and the waking of the others
 * delays them by some 200 milliseconds.
 *
 * <p><b>Memory consistency effects.</b> What a thread did before {@link #set} is seen by whoever passed because of it.
 *
 * <p><b>Handles.</b> An object of this type is a handle: small, serializable to processes of the same machine and session,
 * equal in rights to all others. An anonymous event is freed with its last handle, a named one with its session.
 *
 * <pre>{@code
 * ProcessEvent ready = ProcessEvent.create(session);
 * ChildProcess server = ChildProcess.of(() -> { bind(); ready.set(); serve(); });
 * server.start();
 * if (!ready.await(10, TimeUnit.SECONDS)) { throw new TimeoutException("the server has not bound its port"); }
 * }</pre>
 */
public interface ProcessEvent extends AutoCloseable, Waitable {

    /** Creates an anonymous event, unset. */
    static ProcessEvent create(Session session) {
        return EventHandle.create(session, null);
    }

    /**
     * Creates a named event, unset, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static ProcessEvent create(Session session, String name) {
        return EventHandle.create(session, name);
    }

    /**
     * Opens the event of a name, or creates it, unset.
     *
     * @throws IllegalArgumentException if the object of that name is no event
     */
    static ProcessEvent open(Session session, String name) {
        return EventHandle.open(session, name);
    }

    /**
     * Attaches to the event of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is no event
     */
    static ProcessEvent attach(Session session, String name) {
        return EventHandle.attach(session, name);
    }

    /** Sets it, and wakes whoever waits. Never waits. */
    void set();

    /** Clears it. Whoever was waiting when it was set passes all the same. Never waits. */
    void clear();

    /** {@return whether it is set: a look, which may be over when it returns} */
    boolean isSet();

    /** {@return whether it is set} */
    @Override
    boolean isReady();

    /**
     * Waits until it is set.
     *
     * @throws InterruptedException if this thread is interrupted
     */
    void await() throws InterruptedException;

    /**
     * Waits until it is set, or the time is over.
     *
     * @param timeout zero or less does not wait
     * @return false if the time is over and it was not set meanwhile
     * @throws InterruptedException if this thread is interrupted
     */
    boolean await(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Waits until it is set, or the time is over.
     *
     * @param timeout zero or less does not wait
     * @return false if the time is over and it was not set meanwhile
     * @throws InterruptedException if this thread is interrupted
     */
    boolean await(Duration timeout) throws InterruptedException;

    /** Waits until it is set. An interrupt is kept for later. */
    void awaitUninterruptibly();

    /** {@return the name, or for an anonymous event where it is} */
    String name();

    /** Ends the use of the event by this handle; changes nothing in it. Idempotent. */
    @Override
    void close();
}

package dev.procession.sync;

import dev.procession.OwnerDeath;
import dev.procession.session.Session;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/**
 * A place where a fixed number of parties wait for each other, as often as they like: the counterpart of
 * {@link java.util.concurrent.CyclicBarrier} for threads of any processes. Nobody passes until all have arrived, and then
 * all pass.
 *
 * <p><b>All or nobody.</b> If a party cannot go on, the barrier breaks for all: everybody who waits, and everybody who comes
 * until somebody calls {@link #reset}, gets a {@link BrokenBarrierException} at once, whose message says who and why. What
 * breaks it: a party that waited as long as it was to; one that was interrupted; one that died while it waited or ran the
 * action, with its process; an action that threw; and {@link #abort}. Unlike in {@code CyclicBarrier}, a party whose time is
 * over gets a {@code BrokenBarrierException} too, since {@link #await()} with the barrier's own timeout declares no other.
 * A thread that comes while the action of others runs waits for the next pass, and breaks nothing if it gives up before that
 * one has begun.
 *
 * <p><b>Deaths before the arrival.</b> A barrier knows who has arrived, and not who will. {@link #register} tells it: when a
 * registered process dies, wherever it was, the barrier breaks at once; and if all parties had registered and one left
 * since, whoever waits is not left to wait for nobody. Without registration the others wait as long as they were to, and
 * {@code toString()} says who is there and whether nobody else could come. Deaths are noticed within 200 ms; a
 * party that died that short a time before the last one arrived may have passed with the others.
 *
 * <p>A stopped process (SIGSTOP, a long garbage collection) is alive: the others wait for it.
 *
 * <p><b>The action</b> runs once for each pass, by the last party that arrived, before anybody is released. If that party
 * dies while it runs the action, the barrier breaks, and nobody runs it again. It is part of the handles: it travels with
 * them to other processes, and is run with the classes and the state that it has there.
 *
 * <p><b>Handles.</b> An object of this type is a handle: small, serializable to processes of the same machine and session,
 * equal in rights to all others. Closing it ends its use here. An anonymous barrier is freed with its last handle, a named
 * one with its session.
 *
 * <p>Memory consistency effects: what a party did before it arrived is seen by the action, and what the action did is seen
 * by every party that passes.
 *
 * <pre>{@code
 * ProcessBarrier start = ProcessBarrier.create(session, 4);
 * // in each of four processes:
 * try (ProcessBarrier.Registration here = start.register()) {
 *     load();
 *     start.await();
 *     run();
 * }
 * }</pre>
 */
public interface ProcessBarrier extends AutoCloseable {

    /**
     * Creates an anonymous barrier.
     *
     * @param parties how many pass together; 1 to 16,383
     * @throws IllegalArgumentException if they are not
     */
    static ProcessBarrier create(Session session, int parties) {
        return create(session, parties, BarrierOptions.standard());
    }

    /**
     * Creates an anonymous barrier.
     *
     * @param parties how many pass together; 1 to 16,383
     * @throws IllegalArgumentException if they are not
     */
    static ProcessBarrier create(Session session, int parties, BarrierOptions options) {
        return BarrierHandle.create(session, null, parties, options);
    }

    /**
     * Creates a named barrier, which must be new.
     *
     * @param parties how many pass together; 1 to 16,383
     * @throws IllegalArgumentException if they are not
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static ProcessBarrier create(Session session, String name, int parties, BarrierOptions options) {
        return BarrierHandle.create(session, name, parties, options);
    }

    /**
     * Opens the barrier of a name, or creates it.
     *
     * @param parties how many pass together; 1 to 16,383
     * @throws IllegalArgumentException if they are not, if it was made with another number or other options, or if the
     *     object of that name is no barrier
     */
    static ProcessBarrier open(Session session, String name, int parties, BarrierOptions options) {
        return BarrierHandle.open(session, name, parties, options);
    }

    /**
     * Attaches to the barrier of a name, which was made without an action.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if it was made with an action, or is no barrier
     */
    static ProcessBarrier attach(Session session, String name) {
        return BarrierHandle.attach(session, name, null);
    }

    /**
     * Attaches to the barrier of a name, which was made with an action.
     *
     * @param action the same one: the library cannot check that
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if it was made without an action, or is no barrier
     */
    static ProcessBarrier attach(Session session, String name, Action action) {
        return BarrierHandle.attach(session, name, action);
    }

    /** What the last party that arrives runs. A lambda will do, if what it captures is serializable. */
    @FunctionalInterface
    interface Action extends Runnable, Serializable {}

    /**
     * Waits until all parties have arrived, or as long as {@link BarrierOptions#timeout} says.
     *
     * @return the index of this arrival: 0 for the first party to arrive, one less than {@link #getParties} for the last. So
     *     exactly one party of each pass gets 0. ({@code CyclicBarrier} counts in the other direction.)
     * @throws BrokenBarrierException if the barrier is or gets broken, or is reset, before all have arrived
     * @throws InterruptedException if this thread was interrupted before; the barrier is broken then. An interrupt that comes
     *     when all have passed is kept for later
     */
    int await() throws InterruptedException, BrokenBarrierException;

    /**
     * Waits until all parties have arrived, or until the time is over.
     *
     * @param timeout zero or less: the barrier breaks unless this party is the last
     * @return as in {@link #await()}
     * @throws BrokenBarrierException if the time is over, or as in {@link #await()}
     * @throws InterruptedException as in {@link #await()}
     */
    int await(long timeout, TimeUnit unit) throws InterruptedException, BrokenBarrierException;

    /**
     * Waits until all parties have arrived, or until the time is over.
     *
     * @param timeout zero or less: the barrier breaks unless this party is the last
     * @return as in {@link #await()}
     * @throws BrokenBarrierException if the time is over, or as in {@link #await()}
     * @throws InterruptedException as in {@link #await()}
     */
    int await(Duration timeout) throws InterruptedException, BrokenBarrierException;

    /**
     * Says that this process will come as one of the parties, so that its death breaks the barrier, wherever it is then. A
     * process that comes with several threads registers several times. A registration is the process's: a thread that ends
     * does not end it. If some parties register, all should: who has not registered is not known to be missing.
     *
     * @return what ends the registration. If all parties were registered and somebody waits, that breaks the barrier
     * @throws IllegalStateException if all parties are registered; the message names them
     */
    Registration register();

    /** That a process will come. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        /** This party will not come any more; does nothing when it is called again, or when the handle was closed. */
        @Override
        void close();
    }

    /** Breaks the barrier for all who wait and who come. Never waits, whoever has died or was stopped where. */
    void abort();

    /**
     * Opens the barrier with nobody there. Who waits gets a {@link BrokenBarrierException}. Registrations of the living stay.
     * Never waits.
     */
    void reset();

    /** {@return whether nobody can pass until somebody calls {@link #reset}} */
    boolean isBroken();

    /** {@return who died and so broke the barrier; empty if it is not broken, or for another reason} */
    Optional<OwnerDeath> ownerDeath();

    /** {@return how many have arrived and wait; 0 if the barrier is broken} */
    int getNumberWaiting();

    /** {@return how many pass together} */
    int getParties();

    /** {@return the name, or for an anonymous barrier where it is} */
    String name();

    /** Ends the use of the barrier by this handle. Idempotent. */
    @Override
    void close();
}

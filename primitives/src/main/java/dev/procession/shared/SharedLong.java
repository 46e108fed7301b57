package dev.procession.shared;

import dev.procession.session.Session;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * A long that all processes of a session read and write: a variable of its own, an element of an array, or a field of a
 * record. The methods are those of {@code java.util.concurrent.atomic}, with the same memory modes: {@code get} and
 * {@code set} are volatile.
 *
 * <p>Sums wrap without notice.
 *
 * <p>A separate {@code get} and {@code set} lose what another process writes in between: use {@link #getAndAdd},
 * {@link #compareAndSet}, or a lock ({@link Locked}).
 *
 * <p>An engine without memory modes has four methods to implement; the others are stronger then than their names ask for.
 */
public interface SharedLong extends SharedData {
    /** Creates an anonymous variable. */
    static SharedLong create(Session session, long value) {
        return LongCell.create(session, null, value);
    }

    /**
     * Creates a named variable, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static SharedLong create(Session session, String name, long value) {
        return LongCell.create(session, name, value);
    }

    /**
     * Opens the variable of a name, or creates it.
     *
     * @param value what it begins with if it is created
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedLong open(Session session, String name, long value) {
        return LongCell.open(session, name, value);
    }

    /**
     * Attaches to the variable of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedLong attach(Session session, String name) {
        return LongCell.attach(session, name);
    }

    /** {@return the value, volatile} */
    long get();

    /** Sets the value, volatile. */
    void set(long value);

    /** {@return the value, plain} */
    default long getPlain() {
        return get();
    }

    /** Sets the value, plain. */
    default void setPlain(long value) {
        set(value);
    }

    /** {@return the value, opaque} */
    default long getOpaque() {
        return get();
    }

    /** Sets the value, opaque. */
    default void setOpaque(long value) {
        set(value);
    }

    /** {@return the value, with acquire: what its writer wrote before it with release is seen after this} */
    default long getAcquire() {
        return get();
    }

    /** Sets the value, with release: who sees it with acquire sees what this thread wrote before. */
    default void setRelease(long value) {
        set(value);
    }

    /** Sets the value if it is the expected one, volatile; returns what it was. */
    long compareAndExchange(long expected, long value);

    /** Sets the value if it is the expected one, volatile; returns whether it was. */
    default boolean compareAndSet(long expected, long value) {
        return compareAndExchange(expected, value) == expected;
    }

    /** Sets the value, volatile; returns what it was. */
    long getAndSet(long value);

    /** Adds, volatile; returns what the value was. */
    default long getAndAdd(long delta) {
        while (true) {
            long before = get();
            if (compareAndSet(before, before + delta)) {
                return before;
            }
        }
    }

    /** Adds, volatile; returns the sum. */
    default long addAndGet(long delta) {
        return getAndAdd(delta) + delta;
    }

    /** Adds 1, volatile; returns what the value was. */
    default long getAndIncrement() {
        return getAndAdd(1);
    }

    /** Subtracts 1, volatile; returns what the value was. */
    default long getAndDecrement() {
        return getAndAdd(-1);
    }

    /** Adds 1, volatile; returns the sum. */
    default long incrementAndGet() {
        return addAndGet(1);
    }

    /** Subtracts 1, volatile; returns the difference. */
    default long decrementAndGet() {
        return addAndGet(-1);
    }

    /**
     * Sets the value to what a function makes of it, volatile.
     *
     * @param update without side effects: it is called again if another thread was quicker
     * @return what the value was
     */
    default long getAndUpdate(LongUnaryOperator update) {
        while (true) {
            long before = get();
            long after = update.applyAsLong(before);
            if (compareAndSet(before, after)) {
                return before;
            }
        }
    }

    /**
     * Sets the value to what a function makes of it, volatile.
     *
     * @param update without side effects: it is called again if another thread was quicker
     * @return what it is now
     */
    default long updateAndGet(LongUnaryOperator update) {
        while (true) {
            long before = get();
            long after = update.applyAsLong(before);
            if (compareAndSet(before, after)) {
                return after;
            }
        }
    }

    /**
     * Sets the value to what a function makes of it and an operand, volatile.
     *
     * @param with the operand
     * @param accumulate without side effects: it is called again if another thread was quicker
     * @return what the value was
     */
    default long getAndAccumulate(long with, LongBinaryOperator accumulate) {
        return getAndUpdate(value -> accumulate.applyAsLong(value, with));
    }

    /**
     * Sets the value to what a function makes of it and an operand, volatile.
     *
     * @param with the operand
     * @param accumulate without side effects: it is called again if another thread was quicker
     * @return what it is now
     */
    default long accumulateAndGet(long with, LongBinaryOperator accumulate) {
        return updateAndGet(value -> accumulate.applyAsLong(value, with));
    }
}

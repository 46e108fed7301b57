package dev.procession.shared;

import dev.procession.session.Session;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * An int that all processes of a session read and write: a variable of its own, an element of an array, or a field of a
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
public interface SharedInt extends SharedData {
    /** Creates an anonymous variable. */
    static SharedInt create(Session session, int value) {
        return IntCell.create(session, null, value);
    }

    /**
     * Creates a named variable, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static SharedInt create(Session session, String name, int value) {
        return IntCell.create(session, name, value);
    }

    /**
     * Opens the variable of a name, or creates it.
     *
     * @param value what it begins with if it is created
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedInt open(Session session, String name, int value) {
        return IntCell.open(session, name, value);
    }

    /**
     * Attaches to the variable of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedInt attach(Session session, String name) {
        return IntCell.attach(session, name);
    }

    /** {@return the value, volatile} */
    int get();

    /** Sets the value, volatile. */
    void set(int value);

    /** {@return the value, plain} */
    default int getPlain() {
        return get();
    }

    /** Sets the value, plain. */
    default void setPlain(int value) {
        set(value);
    }

    /** {@return the value, opaque} */
    default int getOpaque() {
        return get();
    }

    /** Sets the value, opaque. */
    default void setOpaque(int value) {
        set(value);
    }

    /** {@return the value, with acquire: what its writer wrote before it with release is seen after this} */
    default int getAcquire() {
        return get();
    }

    /** Sets the value, with release: who sees it with acquire sees what this thread wrote before. */
    default void setRelease(int value) {
        set(value);
    }

    /** Sets the value if it is the expected one, volatile; returns what it was. */
    int compareAndExchange(int expected, int value);

    /** Sets the value if it is the expected one, volatile; returns whether it was. */
    default boolean compareAndSet(int expected, int value) {
        return compareAndExchange(expected, value) == expected;
    }

    /** Sets the value, volatile; returns what it was. */
    int getAndSet(int value);

    /** Adds, volatile; returns what the value was. */
    default int getAndAdd(int delta) {
        while (true) {
            int before = get();
            if (compareAndSet(before, before + delta)) {
                return before;
            }
        }
    }

    /** Adds, volatile; returns the sum. */
    default int addAndGet(int delta) {
        return getAndAdd(delta) + delta;
    }

    /** Adds 1, volatile; returns what the value was. */
    default int getAndIncrement() {
        return getAndAdd(1);
    }

    /** Subtracts 1, volatile; returns what the value was. */
    default int getAndDecrement() {
        return getAndAdd(-1);
    }

    /** Adds 1, volatile; returns the sum. */
    default int incrementAndGet() {
        return addAndGet(1);
    }

    /** Subtracts 1, volatile; returns the difference. */
    default int decrementAndGet() {
        return addAndGet(-1);
    }

    /**
     * Sets the value to what a function makes of it, volatile.
     *
     * @param update without side effects: it is called again if another thread was quicker
     * @return what the value was
     */
    default int getAndUpdate(IntUnaryOperator update) {
        while (true) {
            int before = get();
            int after = update.applyAsInt(before);
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
    default int updateAndGet(IntUnaryOperator update) {
        while (true) {
            int before = get();
            int after = update.applyAsInt(before);
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
    default int getAndAccumulate(int with, IntBinaryOperator accumulate) {
        return getAndUpdate(value -> accumulate.applyAsInt(value, with));
    }

    /**
     * Sets the value to what a function makes of it and an operand, volatile.
     *
     * @param with the operand
     * @param accumulate without side effects: it is called again if another thread was quicker
     * @return what it is now
     */
    default int accumulateAndGet(int with, IntBinaryOperator accumulate) {
        return updateAndGet(value -> accumulate.applyAsInt(value, with));
    }
}

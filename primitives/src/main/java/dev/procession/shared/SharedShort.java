package dev.procession.shared;

import dev.procession.session.Session;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * A short that all processes of a session read and write: a variable of its own, an element of an array, or a field of a
 * record. The methods are those of {@code java.util.concurrent.atomic}, with the same memory modes: {@code get} and
 * {@code set} are volatile.
 *
 * <p>Sums wrap. Operators get the value as an int, and their result is cut to a short.
 *
 * <p>A separate {@code get} and {@code set} lose what another process writes in between: use {@link #getAndAdd},
 * {@link #compareAndSet}, or a lock ({@link Locked}).
 *
 * <p>An engine without memory modes has four methods to implement; the others are stronger then than their names ask for.
 */
public interface SharedShort extends SharedData {
    /** Creates an anonymous variable. */
    static SharedShort create(Session session, short value) {
        return ShortCell.create(session, null, value);
    }

    /**
     * Creates a named variable, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static SharedShort create(Session session, String name, short value) {
        return ShortCell.create(session, name, value);
    }

    /**
     * Opens the variable of a name, or creates it.
     *
     * @param value what it begins with if it is created
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedShort open(Session session, String name, short value) {
        return ShortCell.open(session, name, value);
    }

    /**
     * Attaches to the variable of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedShort attach(Session session, String name) {
        return ShortCell.attach(session, name);
    }

    /** {@return the value, volatile} */
    short get();

    /** Sets the value, volatile. */
    void set(short value);

    /** {@return the value, plain} */
    default short getPlain() {
        return get();
    }

    /** Sets the value, plain. */
    default void setPlain(short value) {
        set(value);
    }

    /** {@return the value, opaque} */
    default short getOpaque() {
        return get();
    }

    /** Sets the value, opaque. */
    default void setOpaque(short value) {
        set(value);
    }

    /** {@return the value, with acquire: what its writer wrote before it with release is seen after this} */
    default short getAcquire() {
        return get();
    }

    /** Sets the value, with release: who sees it with acquire sees what this thread wrote before. */
    default void setRelease(short value) {
        set(value);
    }

    /** Sets the value if it is the expected one, volatile; returns what it was. */
    short compareAndExchange(short expected, short value);

    /** Sets the value if it is the expected one, volatile; returns whether it was. */
    default boolean compareAndSet(short expected, short value) {
        return compareAndExchange(expected, value) == expected;
    }

    /** Sets the value, volatile; returns what it was. */
    short getAndSet(short value);

    /** Adds, volatile; returns what the value was. */
    default short getAndAdd(short delta) {
        while (true) {
            short before = get();
            if (compareAndSet(before, (short) (before + delta))) {
                return before;
            }
        }
    }

    /** Adds, volatile; returns the sum. */
    default short addAndGet(short delta) {
        return (short) (getAndAdd(delta) + delta);
    }

    /** Adds 1, volatile; returns what the value was. */
    default short getAndIncrement() {
        return getAndAdd((short) 1);
    }

    /** Subtracts 1, volatile; returns what the value was. */
    default short getAndDecrement() {
        return getAndAdd((short) -1);
    }

    /** Adds 1, volatile; returns the sum. */
    default short incrementAndGet() {
        return addAndGet((short) 1);
    }

    /** Subtracts 1, volatile; returns the difference. */
    default short decrementAndGet() {
        return addAndGet((short) -1);
    }

    /**
     * Sets the value to what a function makes of it, volatile.
     *
     * @param update without side effects: it is called again if another thread was quicker
     * @return what the value was
     */
    default short getAndUpdate(IntUnaryOperator update) {
        while (true) {
            short before = get();
            short after = (short) update.applyAsInt(before);
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
    default short updateAndGet(IntUnaryOperator update) {
        while (true) {
            short before = get();
            short after = (short) update.applyAsInt(before);
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
    default short getAndAccumulate(short with, IntBinaryOperator accumulate) {
        return getAndUpdate(value -> accumulate.applyAsInt(value, with));
    }

    /**
     * Sets the value to what a function makes of it and an operand, volatile.
     *
     * @param with the operand
     * @param accumulate without side effects: it is called again if another thread was quicker
     * @return what it is now
     */
    default short accumulateAndGet(short with, IntBinaryOperator accumulate) {
        return updateAndGet(value -> accumulate.applyAsInt(value, with));
    }
}

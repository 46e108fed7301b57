package dev.procession.shared;

import dev.procession.session.Session;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * A byte that all processes of a session read and write: a variable of its own, an element of an array, or a field of a
 * record. The methods are those of {@code java.util.concurrent.atomic}, with the same memory modes: {@code get} and
 * {@code set} are volatile.
 *
 * <p>Sums wrap. Operators get the value as an int, and their result is cut to a byte.
 *
 * <p>A separate {@code get} and {@code set} lose what another process writes in between: use {@link #getAndAdd},
 * {@link #compareAndSet}, or a lock ({@link Locked}).
 *
 * <p>An engine without memory modes has four methods to implement; the others are stronger then than their names ask for.
 */
public interface SharedByte extends SharedData {
    /** Creates an anonymous variable. */
    static SharedByte create(Session session, byte value) {
        return ByteCell.create(session, null, value);
    }

    /**
     * Creates a named variable, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static SharedByte create(Session session, String name, byte value) {
        return ByteCell.create(session, name, value);
    }

    /**
     * Opens the variable of a name, or creates it.
     *
     * @param value what it begins with if it is created
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedByte open(Session session, String name, byte value) {
        return ByteCell.open(session, name, value);
    }

    /**
     * Attaches to the variable of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedByte attach(Session session, String name) {
        return ByteCell.attach(session, name);
    }

    /** {@return the value, volatile} */
    byte get();

    /** Sets the value, volatile. */
    void set(byte value);

    /** {@return the value, plain} */
    default byte getPlain() {
        return get();
    }

    /** Sets the value, plain. */
    default void setPlain(byte value) {
        set(value);
    }

    /** {@return the value, opaque} */
    default byte getOpaque() {
        return get();
    }

    /** Sets the value, opaque. */
    default void setOpaque(byte value) {
        set(value);
    }

    /** {@return the value, with acquire: what its writer wrote before it with release is seen after this} */
    default byte getAcquire() {
        return get();
    }

    /** Sets the value, with release: who sees it with acquire sees what this thread wrote before. */
    default void setRelease(byte value) {
        set(value);
    }

    /** Sets the value if it is the expected one, volatile; returns what it was. */
    byte compareAndExchange(byte expected, byte value);

    /** Sets the value if it is the expected one, volatile; returns whether it was. */
    default boolean compareAndSet(byte expected, byte value) {
        return compareAndExchange(expected, value) == expected;
    }

    /** Sets the value, volatile; returns what it was. */
    byte getAndSet(byte value);

    /** Adds, volatile; returns what the value was. */
    default byte getAndAdd(byte delta) {
        while (true) {
            byte before = get();
            if (compareAndSet(before, (byte) (before + delta))) {
                return before;
            }
        }
    }

    /** Adds, volatile; returns the sum. */
    default byte addAndGet(byte delta) {
        return (byte) (getAndAdd(delta) + delta);
    }

    /** Adds 1, volatile; returns what the value was. */
    default byte getAndIncrement() {
        return getAndAdd((byte) 1);
    }

    /** Subtracts 1, volatile; returns what the value was. */
    default byte getAndDecrement() {
        return getAndAdd((byte) -1);
    }

    /** Adds 1, volatile; returns the sum. */
    default byte incrementAndGet() {
        return addAndGet((byte) 1);
    }

    /** Subtracts 1, volatile; returns the difference. */
    default byte decrementAndGet() {
        return addAndGet((byte) -1);
    }

    /**
     * Sets the value to what a function makes of it, volatile.
     *
     * @param update without side effects: it is called again if another thread was quicker
     * @return what the value was
     */
    default byte getAndUpdate(IntUnaryOperator update) {
        while (true) {
            byte before = get();
            byte after = (byte) update.applyAsInt(before);
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
    default byte updateAndGet(IntUnaryOperator update) {
        while (true) {
            byte before = get();
            byte after = (byte) update.applyAsInt(before);
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
    default byte getAndAccumulate(byte with, IntBinaryOperator accumulate) {
        return getAndUpdate(value -> accumulate.applyAsInt(value, with));
    }

    /**
     * Sets the value to what a function makes of it and an operand, volatile.
     *
     * @param with the operand
     * @param accumulate without side effects: it is called again if another thread was quicker
     * @return what it is now
     */
    default byte accumulateAndGet(byte with, IntBinaryOperator accumulate) {
        return updateAndGet(value -> accumulate.applyAsInt(value, with));
    }
}

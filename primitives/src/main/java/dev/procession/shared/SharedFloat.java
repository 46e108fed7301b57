package dev.procession.shared;

import dev.procession.session.Session;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A float that all processes of a session read and write: a variable of its own, an element of an array, or a field of a
 * record. The methods are those of {@code java.util.concurrent.atomic}, with the same memory modes: {@code get} and
 * {@code set} are volatile.
 *
 * <p>Comparisons are of bits, as by {@link Float#floatToRawIntBits}: a NaN can be exchanged, and -0.0 is not 0.0.
 *
 * <p>A separate {@code get} and {@code set} lose what another process writes in between: use {@link #getAndAdd},
 * {@link #compareAndSet}, or a lock ({@link Locked}).
 *
 * <p>An engine without memory modes has four methods to implement; the others are stronger then than their names ask for.
 */
public interface SharedFloat extends SharedData {
    /** Creates an anonymous variable. */
    static SharedFloat create(Session session, float value) {
        return FloatCell.create(session, null, value);
    }

    /**
     * Creates a named variable, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static SharedFloat create(Session session, String name, float value) {
        return FloatCell.create(session, name, value);
    }

    /**
     * Opens the variable of a name, or creates it.
     *
     * @param value what it begins with if it is created
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedFloat open(Session session, String name, float value) {
        return FloatCell.open(session, name, value);
    }

    /**
     * Attaches to the variable of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedFloat attach(Session session, String name) {
        return FloatCell.attach(session, name);
    }

    /** {@return the value, volatile} */
    float get();

    /** Sets the value, volatile. */
    void set(float value);

    /** {@return the value, plain} */
    default float getPlain() {
        return get();
    }

    /** Sets the value, plain. */
    default void setPlain(float value) {
        set(value);
    }

    /** {@return the value, opaque} */
    default float getOpaque() {
        return get();
    }

    /** Sets the value, opaque. */
    default void setOpaque(float value) {
        set(value);
    }

    /** {@return the value, with acquire: what its writer wrote before it with release is seen after this} */
    default float getAcquire() {
        return get();
    }

    /** Sets the value, with release: who sees it with acquire sees what this thread wrote before. */
    default void setRelease(float value) {
        set(value);
    }

    /** Sets the value if it is the expected one, volatile; returns what it was. */
    float compareAndExchange(float expected, float value);

    /** Sets the value if it is the expected one, volatile; returns whether it was. */
    default boolean compareAndSet(float expected, float value) {
        return Float.floatToRawIntBits(compareAndExchange(expected, value)) == Float.floatToRawIntBits(expected);
    }

    /** Sets the value, volatile; returns what it was. */
    float getAndSet(float value);

    /** Adds, volatile; returns what the value was. */
    default float getAndAdd(float delta) {
        while (true) {
            float before = get();
            if (compareAndSet(before, before + delta)) {
                return before;
            }
        }
    }

    /** Adds, volatile; returns the sum. */
    default float addAndGet(float delta) {
        return getAndAdd(delta) + delta;
    }

    /** Adds 1, volatile; returns what the value was. */
    default float getAndIncrement() {
        return getAndAdd(1);
    }

    /** Subtracts 1, volatile; returns what the value was. */
    default float getAndDecrement() {
        return getAndAdd(-1);
    }

    /** Adds 1, volatile; returns the sum. */
    default float incrementAndGet() {
        return addAndGet(1);
    }

    /** Subtracts 1, volatile; returns the difference. */
    default float decrementAndGet() {
        return addAndGet(-1);
    }

    /**
     * Sets the value to what a function makes of it, volatile.
     *
     * @param update without side effects: it is called again if another thread was quicker
     * @return what the value was
     */
    default float getAndUpdate(DoubleUnaryOperator update) {
        while (true) {
            float before = get();
            float after = (float) update.applyAsDouble(before);
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
    default float updateAndGet(DoubleUnaryOperator update) {
        while (true) {
            float before = get();
            float after = (float) update.applyAsDouble(before);
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
    default float getAndAccumulate(float with, DoubleBinaryOperator accumulate) {
        return getAndUpdate(value -> accumulate.applyAsDouble(value, with));
    }

    /**
     * Sets the value to what a function makes of it and an operand, volatile.
     *
     * @param with the operand
     * @param accumulate without side effects: it is called again if another thread was quicker
     * @return what it is now
     */
    default float accumulateAndGet(float with, DoubleBinaryOperator accumulate) {
        return updateAndGet(value -> accumulate.applyAsDouble(value, with));
    }
}

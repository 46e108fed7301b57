package dev.procession.shared;

import dev.procession.session.Session;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A double that all processes of a session read and write: a variable of its own, an element of an array, or a field of a
 * record. The methods are those of {@code java.util.concurrent.atomic}, with the same memory modes: {@code get} and
 * {@code set} are volatile.
 *
 * <p>Comparisons are of bits, as by {@link Double#doubleToRawLongBits}: a NaN can be exchanged, and -0.0 is not 0.0.
 *
 * <p>A separate {@code get} and {@code set} lose what another process writes in between: use {@link #getAndAdd},
 * {@link #compareAndSet}, or a lock ({@link Locked}).
 *
 * <p>An engine without memory modes has four methods to implement; the others are stronger then than their names ask for.
 */
public interface SharedDouble extends SharedData {
    /** Creates an anonymous variable. */
    static SharedDouble create(Session session, double value) {
        return DoubleCell.create(session, null, value);
    }

    /**
     * Creates a named variable, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static SharedDouble create(Session session, String name, double value) {
        return DoubleCell.create(session, name, value);
    }

    /**
     * Opens the variable of a name, or creates it.
     *
     * @param value what it begins with if it is created
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedDouble open(Session session, String name, double value) {
        return DoubleCell.open(session, name, value);
    }

    /**
     * Attaches to the variable of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedDouble attach(Session session, String name) {
        return DoubleCell.attach(session, name);
    }

    /** {@return the value, volatile} */
    double get();

    /** Sets the value, volatile. */
    void set(double value);

    /** {@return the value, plain} */
    default double getPlain() {
        return get();
    }

    /** Sets the value, plain. */
    default void setPlain(double value) {
        set(value);
    }

    /** {@return the value, opaque} */
    default double getOpaque() {
        return get();
    }

    /** Sets the value, opaque. */
    default void setOpaque(double value) {
        set(value);
    }

    /** {@return the value, with acquire: what its writer wrote before it with release is seen after this} */
    default double getAcquire() {
        return get();
    }

    /** Sets the value, with release: who sees it with acquire sees what this thread wrote before. */
    default void setRelease(double value) {
        set(value);
    }

    /** Sets the value if it is the expected one, volatile; returns what it was. */
    double compareAndExchange(double expected, double value);

    /** Sets the value if it is the expected one, volatile; returns whether it was. */
    default boolean compareAndSet(double expected, double value) {
        return Double.doubleToRawLongBits(compareAndExchange(expected, value)) == Double.doubleToRawLongBits(expected);
    }

    /** Sets the value, volatile; returns what it was. */
    double getAndSet(double value);

    /** Adds, volatile; returns what the value was. */
    default double getAndAdd(double delta) {
        while (true) {
            double before = get();
            if (compareAndSet(before, before + delta)) {
                return before;
            }
        }
    }

    /** Adds, volatile; returns the sum. */
    default double addAndGet(double delta) {
        return getAndAdd(delta) + delta;
    }

    /** Adds 1, volatile; returns what the value was. */
    default double getAndIncrement() {
        return getAndAdd(1);
    }

    /** Subtracts 1, volatile; returns what the value was. */
    default double getAndDecrement() {
        return getAndAdd(-1);
    }

    /** Adds 1, volatile; returns the sum. */
    default double incrementAndGet() {
        return addAndGet(1);
    }

    /** Subtracts 1, volatile; returns the difference. */
    default double decrementAndGet() {
        return addAndGet(-1);
    }

    /**
     * Sets the value to what a function makes of it, volatile.
     *
     * @param update without side effects: it is called again if another thread was quicker
     * @return what the value was
     */
    default double getAndUpdate(DoubleUnaryOperator update) {
        while (true) {
            double before = get();
            double after = update.applyAsDouble(before);
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
    default double updateAndGet(DoubleUnaryOperator update) {
        while (true) {
            double before = get();
            double after = update.applyAsDouble(before);
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
    default double getAndAccumulate(double with, DoubleBinaryOperator accumulate) {
        return getAndUpdate(value -> accumulate.applyAsDouble(value, with));
    }

    /**
     * Sets the value to what a function makes of it and an operand, volatile.
     *
     * @param with the operand
     * @param accumulate without side effects: it is called again if another thread was quicker
     * @return what it is now
     */
    default double accumulateAndGet(double with, DoubleBinaryOperator accumulate) {
        return updateAndGet(value -> accumulate.applyAsDouble(value, with));
    }
}

package dev.procession.shared;

import dev.procession.session.Session;

/**
 * A boolean that all processes of a session read and write: a variable of its own, an element of an array, or a field of a
 * record. The methods are those of {@code java.util.concurrent.atomic}, with the same memory modes: {@code get} and
 * {@code set} are volatile.
 *
 * <p>A separate {@code get} and {@code set} lose what another process writes in between: use
 * {@link #compareAndSet}, or a lock ({@link Locked}).
 *
 * <p>An engine without memory modes has four methods to implement; the others are stronger then than their names ask for.
 */
public interface SharedBoolean extends SharedData {
    /** Creates an anonymous variable. */
    static SharedBoolean create(Session session, boolean value) {
        return BooleanCell.create(session, null, value);
    }

    /**
     * Creates a named variable, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static SharedBoolean create(Session session, String name, boolean value) {
        return BooleanCell.create(session, name, value);
    }

    /**
     * Opens the variable of a name, or creates it.
     *
     * @param value what it begins with if it is created
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedBoolean open(Session session, String name, boolean value) {
        return BooleanCell.open(session, name, value);
    }

    /**
     * Attaches to the variable of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedBoolean attach(Session session, String name) {
        return BooleanCell.attach(session, name);
    }

    /** {@return the value, volatile} */
    boolean get();

    /** Sets the value, volatile. */
    void set(boolean value);

    /** {@return the value, plain} */
    default boolean getPlain() {
        return get();
    }

    /** Sets the value, plain. */
    default void setPlain(boolean value) {
        set(value);
    }

    /** {@return the value, opaque} */
    default boolean getOpaque() {
        return get();
    }

    /** Sets the value, opaque. */
    default void setOpaque(boolean value) {
        set(value);
    }

    /** {@return the value, with acquire: what its writer wrote before it with release is seen after this} */
    default boolean getAcquire() {
        return get();
    }

    /** Sets the value, with release: who sees it with acquire sees what this thread wrote before. */
    default void setRelease(boolean value) {
        set(value);
    }

    /** Sets the value if it is the expected one, volatile; returns what it was. */
    boolean compareAndExchange(boolean expected, boolean value);

    /** Sets the value if it is the expected one, volatile; returns whether it was. */
    default boolean compareAndSet(boolean expected, boolean value) {
        return compareAndExchange(expected, value) == expected;
    }

    /** Sets the value, volatile; returns what it was. */
    boolean getAndSet(boolean value);
}

package dev.procession.shared;

import dev.procession.session.Session;

/**
 * A char that all processes of a session read and write: a variable of its own, an element of an array, or a field of a
 * record. The methods are those of {@code java.util.concurrent.atomic}, with the same memory modes: {@code get} and
 * {@code set} are volatile.
 *
 * <p>A separate {@code get} and {@code set} lose what another process writes in between: use
 * {@link #compareAndSet}, or a lock ({@link Locked}).
 *
 * <p>An engine without memory modes has four methods to implement; the others are stronger then than their names ask for.
 */
public interface SharedChar extends SharedData {
    /** Creates an anonymous variable. */
    static SharedChar create(Session session, char value) {
        return CharCell.create(session, null, value);
    }

    /**
     * Creates a named variable, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    static SharedChar create(Session session, String name, char value) {
        return CharCell.create(session, name, value);
    }

    /**
     * Opens the variable of a name, or creates it.
     *
     * @param value what it begins with if it is created
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedChar open(Session session, String name, char value) {
        return CharCell.open(session, name, value);
    }

    /**
     * Attaches to the variable of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    static SharedChar attach(Session session, String name) {
        return CharCell.attach(session, name);
    }

    /** {@return the value, volatile} */
    char get();

    /** Sets the value, volatile. */
    void set(char value);

    /** {@return the value, plain} */
    default char getPlain() {
        return get();
    }

    /** Sets the value, plain. */
    default void setPlain(char value) {
        set(value);
    }

    /** {@return the value, opaque} */
    default char getOpaque() {
        return get();
    }

    /** Sets the value, opaque. */
    default void setOpaque(char value) {
        set(value);
    }

    /** {@return the value, with acquire: what its writer wrote before it with release is seen after this} */
    default char getAcquire() {
        return get();
    }

    /** Sets the value, with release: who sees it with acquire sees what this thread wrote before. */
    default void setRelease(char value) {
        set(value);
    }

    /** Sets the value if it is the expected one, volatile; returns what it was. */
    char compareAndExchange(char expected, char value);

    /** Sets the value if it is the expected one, volatile; returns whether it was. */
    default boolean compareAndSet(char expected, char value) {
        return compareAndExchange(expected, value) == expected;
    }

    /** Sets the value, volatile; returns what it was. */
    char getAndSet(char value);
}

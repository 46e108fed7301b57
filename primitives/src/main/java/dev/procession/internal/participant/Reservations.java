package dev.procession.internal.participant;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The slots that a parent reserves for a child whose body refers to shared objects, so that nothing of it is freed while
 * the child boots. One slot per session, reserved when the first handle of that session is serialized.
 */
public final class Reservations {
    private static final ThreadLocal<@Nullable Reservations> TRAVELLING = new ThreadLocal<>();

    private final String childName;
    private final boolean outlives;
    private final Map<Participant, Long> slots = new HashMap<>();

    /**
     * For a child that is about to start.
     *
     * @param childName its name
     * @param outlives whether it goes on when this JVM has ended
     */
    public Reservations(String childName, boolean outlives) {
        this.childName = childName;
        this.outlives = outlives;
    }

    /** From here on what this thread serializes is for the child. */
    public void begin() {
        TRAVELLING.set(this);
    }

    /** Ends that. */
    public void end() {
        TRAVELLING.remove();
    }

    /** {@return whether anything was reserved} */
    public boolean isEmpty() {
        return slots.isEmpty();
    }

    /** {@return whether what this thread serializes goes into the start message of a child, which nobody else reads} */
    public static boolean isForChild() {
        return TRAVELLING.get() != null;
    }

    /** {@return what this thread serializes for, null if for nobody in particular} */
    static @Nullable Reservations travelling() {
        return TRAVELLING.get();
    }

    /** The child's word in a session; 0 if the session is full, which the child will then be told itself. */
    long owner(Participant participant) {
        return slots.computeIfAbsent(participant, session -> session.reserve(childName, outlives));
    }

    /** Gives back what the child has not taken; after it has ended, or could not be started. */
    public void release() {
        slots.forEach((participant, owner) -> {
            if (owner != 0) {
                participant.giveUp(owner);
            }
        });
        slots.clear();
    }
}

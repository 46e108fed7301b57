package dev.procession.internal.participant;

import org.jspecify.annotations.Nullable;

/**
 * Leads from the public {@code Session} to the participant behind it, without making that public. {@code Session}
 * installs the only implementation when its class is initialized.
 *
 * @param <S> the public type
 */
public abstract class SessionAccess<S> {
    private static volatile @Nullable SessionAccess<?> instance;

    /** For {@code Session}. */
    protected SessionAccess() {}

    /** Called once, by the class that is opened. */
    public static void install(SessionAccess<?> access) {
        instance = access;
    }

    /** {@return the participant behind a session} */
    @SuppressWarnings("unchecked") // there is one implementation, for the one type of sessions
    public static <S> Participant of(S session) {
        SessionAccess<?> access = instance;
        if (access == null) {
            throw new IllegalStateException("no session was opened");
        }
        return ((SessionAccess<S>) access).participant(session);
    }

    /** {@return the participant behind a session, which is open} */
    protected abstract Participant participant(S session);
}

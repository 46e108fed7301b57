package dev.procession.internal.child;

import java.security.SecureRandom;

/** The secret that the processes of one tree share. The first of them makes it; it reaches the others in their start message. */
public final class TreeKey {
    private TreeKey() {}

    /** {@return a copy} */
    public static byte[] get() {
        ParentLink link = ParentLink.current();
        return link == null ? Own.VALUE.clone() : link.start().authKey().clone();
    }

    /** A class of its own, so that only who needs a key waits for the system's randomness. */
    private static final class Own {
        static final byte[] VALUE = new byte[32];

        static {
            new SecureRandom().nextBytes(VALUE);
        }
    }
}

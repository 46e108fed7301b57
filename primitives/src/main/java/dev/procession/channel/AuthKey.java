package dev.procession.channel;

import dev.procession.internal.child.TreeKey;
import dev.procession.internal.participant.Reservations;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret by which two processes prove to each other that they belong together. It is never sent over a connection, not even
 * enciphered: each side shows that it knows it.
 *
 * <p><b>How it gets to others.</b> The processes of one tree have one in common already, {@link #ofThisTree}. Another key
 * may be a field of a child, or be captured by its task: it travels in the child's start message then, through a pipe that
 * nobody else reads. Everywhere else (queues, tasks of a pool, connections, files) serializing it fails, so that it does not
 * get around by mistake. It is not to be given on a command line or in an environment, which other users can read.
 */
public final class AuthKey implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int RANDOM_BYTES = 32;

    @SuppressWarnings("serial") // see writeObject
    private final byte[] secret;

    private AuthKey(byte[] secret) {
        this.secret = secret;
    }

    /** {@return a new key that nobody else knows} */
    public static AuthKey random() {
        byte[] secret = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(secret);
        return new AuthKey(secret);
    }

    /**
     * A key that was agreed upon.
     *
     * @param secret copied; who can guess it can connect, so it should be random and have 16 bytes or more. An empty one is
     *     a key, too, that everybody guesses
     */
    public static AuthKey of(byte[] secret) {
        return new AuthKey(secret.clone());
    }

    /** {@return the key that this process has in common with its parent, its children, and all of theirs} */
    public static AuthKey ofThisTree() {
        return new AuthKey(TreeKey.get());
    }

    /**
     * A key that follows from this one and a label, and does not tell this one.
     *
     * @param label what it is for
     */
    public AuthKey derive(String label) {
        return new AuthKey(mac(("derive " + label).getBytes(StandardCharsets.UTF_8)));
    }

    /** The proof that somebody who knows this key has seen some bytes. */
    byte[] mac(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            // HMAC fills keys up with zeros, so that an empty one and this one are the same; the JDK refuses the empty
            // one.
            mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (!Reservations.isForChild()) {
            throw new NotSerializableException(AuthKey.class.getName()
                    + ": a key travels only as a part of the body of a child that is being started");
        }
        out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        if (Objects.isNull(secret)) {
            throw new InvalidObjectException("a key without its bytes");
        }
    }

    /** {@return nothing of the key} */
    @Override
    public String toString() {
        return "AuthKey";
    }
}

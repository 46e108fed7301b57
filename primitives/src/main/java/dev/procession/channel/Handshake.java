package dev.procession.channel;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.function.BooleanSupplier;

/**
 * How two ends show each other that they know the same key.
 *
 * <pre>
 *   listener -> client    "PRCN" version  nonceL                 37 bytes
 *   client -> listener    "PRCN" version  nonceC  proofC         69 bytes
 *   listener -> client    status  proofL                         33 bytes, or 1 when it refuses
 *   client -> listener    status                                  1 byte
 *
 *   proofX = HMAC-SHA-256(key, "procession 1 " + X's role, nonceL, nonceC, binding)
 * </pre>
 *
 * <p>Both nonces are random and in both proofs, so that no proof is good for another connection. The roles differ, so that a
 * challenge that is thrown back gets a proof that is of no use. The listener shows its proof only to who has shown one. Where
 * there is TLS, the binding is the hash of the listener's certificate: somebody in the middle who has another certificate
 * cannot pass the proofs on.
 *
 * <p>Everything has a fixed length and nothing is interpreted. Who sends slowly or nothing is cut off at the deadline.
 */
final class Handshake {
    static final int ACCEPTED = 1;
    static final int WRONG_KEY = 2;
    static final int FULL = 3;

    private static final byte[] MAGIC = {'P', 'R', 'C', 'N', 1};
    private static final int NONCE = 32;
    private static final int PROOF = 32;
    private static final byte[] LISTENER = "procession 1 listener".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLIENT = "procession 1 client".getBytes(StandardCharsets.US_ASCII);

    private final Transport transport;
    private final AuthKey key;
    private final String peer;
    private final long deadline;

    /**
     * @param peer the other side, as messages call it
     * @param deadline when this side gives up
     */
    Handshake(Transport transport, AuthKey key, String peer, long deadline) {
        this.transport = transport;
        this.key = key;
        this.peer = peer;
        this.deadline = deadline;
    }

    /**
     * The listener's side.
     *
     * @param place takes a place for one more connection, if there is one; asked when the key is known to be right, so that
     *     strangers take no places
     */
    void accept(BooleanSupplier place) throws IOException, InterruptedException {
        byte[] ours = nonce();
        send(MAGIC, ours);
        byte[] hello = receive(MAGIC.length);
        if (!MessageDigest.isEqual(hello, MAGIC)) {
            throw new AuthenticationException(
                    peer + " does not speak this protocol: it sent " + printable(hello) + " as its first bytes");
        }
        byte[] theirs = receive(NONCE);
        byte[] proof = receive(PROOF);
        byte[] binding = transport.binding();
        // In constant time: how long it takes must not tell how many bytes were right.
        if (!MessageDigest.isEqual(proof, key.mac(CLIENT, ours, theirs, binding))) {
            send(new byte[] {WRONG_KEY});
            throw new AuthenticationException(peer + " has another key");
        }
        if (!place.getAsBoolean()) {
            send(new byte[] {FULL});
            throw new IOException(peer + " was sent away: there are as many connections as are allowed");
        }
        send(new byte[] {ACCEPTED}, key.mac(LISTENER, ours, theirs, binding));
        if (receive(1)[0] != ACCEPTED) {
            throw new AuthenticationException(peer + " did not accept our key");
        }
    }

    /** The client's side. */
    void connect() throws IOException, InterruptedException {
        byte[] hello = receive(MAGIC.length);
        if (!MessageDigest.isEqual(hello, MAGIC)) {
            throw new AuthenticationException(
                    peer + " is no listener of this library and version: it sent " + printable(hello));
        }
        byte[] theirs = receive(NONCE);
        byte[] ours = nonce();
        byte[] binding = transport.binding();
        send(MAGIC, ours, key.mac(CLIENT, theirs, ours, binding));
        int status = receive(1)[0];
        if (status == FULL) {
            throw new ConnectionLimitException(peer + " has as many connections as it allows: try again later");
        }
        if (status != ACCEPTED) {
            throw new AuthenticationException(peer + " has another key than we: both sides need the same one");
        }
        byte[] proof = receive(PROOF);
        if (!MessageDigest.isEqual(proof, key.mac(LISTENER, theirs, ours, binding))) {
            send(new byte[] {WRONG_KEY});
            throw new AuthenticationException(peer + " accepted our key, and did not know it itself: an impostor");
        }
        send(new byte[] {ACCEPTED});
    }

    private static byte[] nonce() {
        byte[] nonce = new byte[NONCE];
        Randomness.SOURCE.nextBytes(nonce);
        return nonce;
    }

    private void send(byte[]... parts) throws IOException, InterruptedException {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        if (!transport.write(all.flip(), deadline)) {
            throw late();
        }
    }

    private byte[] receive(int length) throws IOException, InterruptedException {
        // Exactly so many: what follows belongs to the first message.
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            int count = transport.read(target, deadline);
            if (count < 0) {
                throw new EOFException(peer + " closed the connection before both sides had shown their keys");
            }
            if (count == 0) {
                throw late();
            }
        }
        return target.array();
    }

    private SocketTimeoutException late() {
        return new SocketTimeoutException(peer + " did not show its key in time: see handshakeTimeout");
    }

    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(String.format("%02x ", b));
        }
        return text.toString().trim();
    }

    /** A class of its own: its start costs a fresh JVM some milliseconds. */
    private static final class Randomness {
        static final SecureRandom SOURCE = new SecureRandom();
    }
}

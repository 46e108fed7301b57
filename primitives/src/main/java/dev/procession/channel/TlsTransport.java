package dev.procession.channel;

import dev.procession.Waitable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** TLS over another transport. */
final class TlsTransport implements Transport {
    private final Transport net;
    private final SSLEngine engine;
    private final Object wrapping = new Object();
    private ByteBuffer received;
    private ByteBuffer plain;
    private ByteBuffer sent;

    /** @param engine in client or server mode; no handshake was made yet */
    TlsTransport(Transport net, SSLEngine engine) {
        this.net = net;
        this.engine = engine;
        SSLSession session = engine.getSession();
        received = ByteBuffer.allocate(session.getPacketBufferSize()).flip();
        plain = ByteBuffer.allocate(session.getApplicationBufferSize()).flip();
        sent = ByteBuffer.allocate(session.getPacketBufferSize());
    }

    /** Makes both sides agree on keys. */
    void handshake(long deadline) throws IOException, InterruptedException {
        engine.beginHandshake();
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED) {
                return;
            }
            if (status == HandshakeStatus.NEED_TASK) {
                runTasks();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                if (!wrap(ByteBuffer.allocate(0), deadline)) {
                    throw new SocketTimeoutException("the other side did not take part in the TLS handshake in time");
                }
            } else {
                int count = unwrap(deadline);
                if (count < 0) {
                    throw new EOFException("the other side closed the connection in the TLS handshake");
                }
                if (count == 0 && engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP && late) {
                    throw new SocketTimeoutException("the other side did not take part in the TLS handshake in time");
                }
            }
        }
    }

    /** Whether the last unwrap ended since its deadline had passed. */
    private boolean late;

    private void runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }

    @Override
    public int read(ByteBuffer target, long deadline) throws IOException, InterruptedException {
        while (!plain.hasRemaining()) {
            int count = unwrap(deadline);
            if (count < 0) {
                return -1;
            }
            if (late) {
                return 0;
            }
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                runTasks();
            } else if (status == HandshakeStatus.NEED_WRAP && !wrap(ByteBuffer.allocate(0), deadline)) {
                throw new IOException("the other side does not read: a change of keys could not be sent");
            }
        }
        int count = Math.min(plain.remaining(), target.remaining());
        int end = plain.limit();
        plain.limit(plain.position() + count);
        target.put(plain);
        plain.limit(end);
        return count;
    }

    /** Takes one record apart; returns how many bytes came out of it, or -1 at the end. */
    private int unwrap(long deadline) throws IOException, InterruptedException {
        late = false;
        while (true) {
            plain.compact();
            SSLEngineResult result;
            try {
                result = engine.unwrap(received, plain);
            } finally {
                plain.flip();
            }
            if (result.getStatus() == SSLEngineResult.Status.OK) {
                return result.bytesProduced();
            }
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                return -1;
            }
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                plain = grown(plain, engine.getSession().getApplicationBufferSize());
                continue;
            }
            int count = fill(deadline);
            if (count <= 0) {
                late = count == 0;
                return count;
            }
        }
    }

    /** Gets more of the record that is not whole yet. */
    private int fill(long deadline) throws IOException, InterruptedException {
        if (received.capacity() < engine.getSession().getPacketBufferSize()) {
            received = grown(received, engine.getSession().getPacketBufferSize());
        }
        received.compact();
        try {
            return net.read(received, deadline);
        } finally {
            received.flip();
        }
    }

    private static ByteBuffer grown(ByteBuffer full, int more) {
        return ByteBuffer.allocate(full.remaining() + more).put(full).flip();
    }

    @Override
    public boolean write(ByteBuffer source, long deadline) throws IOException, InterruptedException {
        while (source.hasRemaining()) {
            if (!wrap(source, deadline)) {
                return false;
            }
        }
        return true;
    }

    private boolean wrap(ByteBuffer source, long deadline) throws IOException, InterruptedException {
        synchronized (wrapping) {
            SSLEngineResult result;
            while (true) {
                sent.clear();
                result = engine.wrap(source, sent);
                if (result.getStatus() != SSLEngineResult.Status.BUFFER_OVERFLOW) {
                    break;
                }
                sent = ByteBuffer.allocate(
                        Math.max(2 * sent.capacity(), engine.getSession().getPacketBufferSize()));
            }
            boolean all = net.write(sent.flip(), deadline);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new IOException("the connection is closed");
            }
            return all;
        }
    }

    @Override
    public Waitable.Registration whenReadable(Runnable signal) {
        return net.whenReadable(signal); // a read that got nothing needs more of a record
    }

    @Override
    public byte[] binding() {
        try {
            Certificate[] listeners = engine.getUseClientMode()
                    ? engine.getSession().getPeerCertificates()
                    : engine.getSession().getLocalCertificates();
            if (listeners == null || listeners.length == 0) {
                return new byte[0];
            }
            return MessageDigest.getInstance("SHA-256").digest(listeners[0].getEncoded());
        } catch (SSLPeerUnverifiedException e) {
            return new byte[0]; // suites without certificates: both sides know that there are none
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean isOpenToNetwork() {
        return true;
    }

    @Override
    public void close() throws IOException {
        // Without a close_notify: messages have lengths, so that a cut is noticed, and a close must not wait.
        net.close();
    }
}

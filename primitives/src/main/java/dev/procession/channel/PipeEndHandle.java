package dev.procession.channel;

import dev.procession.DecodingException;
import dev.procession.EncodingException;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.HandleForm;
import dev.procession.internal.waiting.Deadline;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A handle of one end of a pipe in shared memory. */
final class PipeEndHandle<T> implements PipeEnd<T>, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Attachment<PipeCore> attachment;
    private final transient PipeCore core;
    private final transient int side;
    private final transient Codec<T> codec;
    private final transient AtomicReference<@Nullable ByteSink> spareSink = new AtomicReference<>();

    PipeEndHandle(Attachment<PipeCore> attachment, int side, Codec<T> codec) {
        this.attachment = attachment;
        this.core = attachment.core();
        this.side = side;
        this.codec = codec;
        core.open(side);
        PipeCore pipe = core;
        attachment.belongsTo(this, () -> pipe.close(side));
    }

    @Override
    public boolean canSend() {
        return core.canSend(side);
    }

    @Override
    public boolean canReceive() {
        return core.canReceive(side);
    }

    @Override
    public void send(T value) throws IOException, InterruptedException {
        try {
            sendValue(value, Deadline.NEVER);
        } catch (TimeoutException e) {
            throw new AssertionError(e); // there was no time to be over
        }
    }

    @Override
    public void send(T value, long timeout, TimeUnit unit) throws IOException, InterruptedException, TimeoutException {
        sendValue(value, Deadline.in(timeout, unit));
    }

    @Override
    public void send(T value, Duration timeout) throws IOException, InterruptedException, TimeoutException {
        sendValue(value, Deadline.in(timeout));
    }

    private void sendValue(T value, long deadline) throws IOException, InterruptedException, TimeoutException {
        Objects.requireNonNull(value, "a pipe takes no null");
        MessageRing ring = sending();
        ByteSink sink = spareSink.getAndSet(null);
        if (sink == null) {
            sink = new ByteSink();
        }
        try {
            encode(value, sink);
            ring.send(ByteBuffer.wrap(sink.array(), 0, sink.length()), false, deadline, attachment);
        } finally {
            sink.clear();
            spareSink.set(sink);
            Reference.reachabilityFence(this);
        }
    }

    private void encode(T value, ByteSink sink) {
        try {
            codec.encode(value, sink);
        } catch (EncodingException e) {
            throw new EncodingException(attachment.label() + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw new EncodingException(
                    attachment.label() + ": a value of " + value.getClass().getName() + " cannot be encoded: " + e, e);
        }
    }

    @Override
    public T receive() throws IOException, InterruptedException {
        try {
            return receiveValue(Deadline.NEVER);
        } catch (TimeoutException e) {
            throw new AssertionError(e); // there was no time to be over
        }
    }

    @Override
    public T receive(long timeout, TimeUnit unit) throws IOException, InterruptedException, TimeoutException {
        return receiveValue(Deadline.in(timeout, unit));
    }

    @Override
    public T receive(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return receiveValue(Deadline.in(timeout));
    }

    private T receiveValue(long deadline) throws IOException, InterruptedException, TimeoutException {
        ByteBuffer message = receive((raw, length) -> room(raw, false, length), deadline);
        try {
            return codec.decode(message.flip().order(ByteOrder.BIG_ENDIAN));
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            throw new DecodingException(
                    attachment.label() + ": a message of " + message.limit() + " bytes cannot be decoded: " + e, e);
        }
    }

    private ByteBuffer receive(MessageRing.Target target, long deadline)
            throws IOException, InterruptedException, TimeoutException {
        MessageRing ring = receiving();
        try {
            return ring.receive(target, deadline, attachment);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private ByteBuffer room(boolean raw, boolean wanted, int length) {
        if (raw != wanted) {
            throw new IllegalStateException(attachment.label() + ": the next message was sent as "
                    + (raw
                            ? "bytes (" + length + "): receive it by receiveBytes() or receiveInto()"
                            : "a value: receive it by receive()"));
        }
        return ByteBuffer.allocate(length);
    }

    @SuppressWarnings("ByteBufferBackingArray") // room() has allocated it, for this message alone
    private static byte[] bytesOf(ByteBuffer message) {
        return message.array();
    }

    @Override
    public boolean poll() {
        MessageRing ring = receiving();
        try {
            return ring.isReceivable();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean poll(long timeout, TimeUnit unit) throws InterruptedException {
        return poll(Deadline.in(timeout, unit));
    }

    @Override
    public boolean poll(Duration timeout) throws InterruptedException {
        return poll(Deadline.in(timeout));
    }

    private boolean poll(long deadline) throws InterruptedException {
        MessageRing ring = receiving();
        try {
            return ring.poll(deadline, attachment);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void sendBytes(byte[] bytes) throws IOException, InterruptedException {
        sendBytes(ByteBuffer.wrap(bytes));
    }

    @Override
    public void sendBytes(byte[] bytes, int offset, int length) throws IOException, InterruptedException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        sendBytes(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void sendBytes(ByteBuffer bytes) throws IOException, InterruptedException {
        try {
            sendBytes(bytes, Deadline.NEVER);
        } catch (TimeoutException e) {
            throw new AssertionError(e); // there was no time to be over
        }
    }

    @Override
    public void sendBytes(ByteBuffer bytes, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        sendBytes(bytes, Deadline.in(timeout));
    }

    private void sendBytes(ByteBuffer bytes, long deadline) throws IOException, InterruptedException, TimeoutException {
        MessageRing ring = sending();
        try {
            ring.send(bytes, true, deadline, attachment);
            bytes.position(bytes.limit());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public byte[] receiveBytes() throws IOException, InterruptedException {
        return receiveBytes(Integer.MAX_VALUE);
    }

    @Override
    public byte[] receiveBytes(int most) throws IOException, InterruptedException {
        try {
            return receiveBytes(most, Deadline.NEVER);
        } catch (TimeoutException e) {
            throw new AssertionError(e); // there was no time to be over
        }
    }

    @Override
    public byte[] receiveBytes(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return receiveBytes(Integer.MAX_VALUE, Deadline.in(timeout));
    }

    private byte[] receiveBytes(int most, long deadline) throws IOException, InterruptedException, TimeoutException {
        if (most < 0) {
            throw new IllegalArgumentException("no message has less than 0 bytes: most=" + most);
        }
        ByteBuffer message = receive(
                (raw, length) -> {
                    if (raw && length > most) {
                        throw new IOException(attachment.label() + ": the next message has " + length
                                + " bytes, and not more than " + most + " were asked for; it is still there");
                    }
                    return room(raw, true, length);
                },
                deadline);
        return bytesOf(message);
    }

    @Override
    public int receiveInto(byte[] buffer, int offset) throws IOException, InterruptedException {
        return receiveInto(ByteBuffer.wrap(buffer, offset, buffer.length - offset));
    }

    @Override
    public int receiveInto(ByteBuffer buffer) throws IOException, InterruptedException {
        try {
            return receiveInto(buffer, Deadline.NEVER);
        } catch (TimeoutException e) {
            throw new AssertionError(e); // there was no time to be over
        }
    }

    @Override
    public int receiveInto(ByteBuffer buffer, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        return receiveInto(buffer, Deadline.in(timeout));
    }

    private int receiveInto(ByteBuffer buffer, long deadline)
            throws IOException, InterruptedException, TimeoutException {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("nothing can be received into a buffer that is read-only: " + buffer);
        }
        int room = buffer.remaining();
        boolean[] fits = new boolean[1];
        ByteBuffer message = receive(
                (raw, length) -> {
                    fits[0] = raw && length <= room;
                    return fits[0] ? buffer.duplicate() : room(raw, true, length);
                },
                deadline);
        if (!fits[0]) {
            throw new BufferTooShortException(attachment.label(), room, bytesOf(message));
        }
        int length = message.position() - buffer.position();
        buffer.position(message.position());
        return length;
    }

    @Override
    public boolean isReady() {
        return poll();
    }

    @Override
    public Registration whenReady(Runnable signal) {
        return receiving().watch(attachment, signal)::end;
    }

    private MessageRing sending() {
        attachment.requireOpen();
        if (!core.canSend(side)) {
            throw new IllegalStateException(attachment.label() + ": this is the reader's end of a one-way pipe");
        }
        return core.to(1 - side);
    }

    private MessageRing receiving() {
        attachment.requireOpen();
        if (!core.canReceive(side)) {
            throw new IllegalStateException(attachment.label() + ": this is the writer's end of a one-way pipe");
        }
        return core.to(side);
    }

    @Override
    public boolean isClosed() {
        return attachment.isClosed();
    }

    @Override
    public String name() {
        return attachment.block().handle();
    }

    @Override
    public void close() {
        attachment.close();
    }

    @Override
    public String toString() {
        String can = canSend() ? canReceive() ? "sends and receives" : "sends" : "receives";
        return attachment.label() + ", the end that " + can + (attachment.isClosed() ? " (closed)" : "");
    }

    /** What travels in its place. */
    private Object writeReplace() {
        try {
            HandleForm form = attachment.form();
            if (form.reserved() != 0) {
                core.reserve(side, form.reserved());
                return new Form<>(form, side, codec, null);
            }
            Attachment<PipeCore> pin = attachment.participant().attach(attachment.block(), PipeCore::of);
            return new Form<>(form, side, codec, core.send(side, pin));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("an end of a pipe travels as its form");
    }

    private record Form<T>(HandleForm handle, int side, Codec<T> codec, EndOwners.@Nullable Travel travel)
            implements Serializable {
        Object readResolve() {
            Attachment<PipeCore> attachment = handle.attach(PipeCore::of);
            PipeEndHandle<T> end = new PipeEndHandle<>(attachment, side, codec);
            if (travel != null) {
                attachment.core().arrived(travel);
            } else {
                attachment.core().unreserve(side, handle.reserved());
            }
            return end;
        }
    }
}

package dev.procession.channel;

import dev.procession.Waitable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One end of a {@link ProcessPipe}: what is sent into it comes out of the other end, message by message.
 *
 * <p><b>Messages.</b> A message is a value, which the pipe's {@link Codec} turns into bytes, or bytes as they are. It arrives
 * whole and alone, however long or short (an empty one counts), after all that were sent into the same end before it. Any
 * number of threads and processes may send into an end and receive from it at once; each message goes to one of them. Nothing is
 * kept back: when {@link #send} has returned, the message survives the death of its sender. If the message takes more than
 * half of the pipe's capacity, {@code send} returns when most of it was received.
 *
 * <p><b>Who waits for whom.</b> A receiver waits for a message, a sender for room. A receiver that stands still, and has
 * not died, therefore stops senders when the pipe is full, as with any pipe. No call keeps a lock while it waits for a message
 * to begin or for room for one; while a message goes that is longer than half the capacity, its end is that sender's and that
 * receiver's alone. Every call that waits has a form with a timeout, which is for getting on: it does not break off a message
 * that is coming or going, unless nothing of it has moved for half a second.
 *
 * <p><b>Owners, and the end.</b> An end belongs to each process that has an open handle of it. When the last of them has
 * closed it or ended, by whatever means, whoever has the other end receives what was sent and then
 * {@link EndOfPipeException}, and sends into it no more: {@link BrokenPipeException}. Both name who died, and come within a
 * second. A handle that is serialized to a child is the child's from then on, also before it runs; one that is sent in a
 * message counts as its sender's until it arrives. A process that only knows the pipe's other end has nothing of this one.
 *
 * <p><b>When a process dies.</b> What it was sending is never seen, not even in part. What it was receiving goes to the next
 * receiver, unless it had taken it out already.
 *
 * <p><b>Memory consistency effects.</b> What a thread did before it sent a message is seen by whoever received it.
 *
 * <p><b>Handles.</b> An object of this type is a handle: small, and serializable to processes of the same machine and
 * session. Close it; a handle that is lost to the garbage collector counts as closed some time later. Closing ends the calls of
 * other threads by the same handle with {@link IllegalStateException}, as does every call on a closed handle.
 *
 * @param <T> the type of the values
 */
public interface PipeEnd<T> extends AutoCloseable, Waitable {

    /** {@return whether this end can send: both ends of a duplex pipe can, and the writer's of a one-way pipe} */
    boolean canSend();

    /** {@return whether this end can receive: both ends of a duplex pipe can, and the reader's of a one-way pipe} */
    boolean canReceive();

    /**
     * Sends a value, however long that takes.
     *
     * @param value not null
     * @throws dev.procession.EncodingException if it cannot be encoded; nothing was sent
     * @throws BrokenPipeException if nobody can receive it
     * @throws InterruptedException if this thread is interrupted; nothing was sent
     * @throws IllegalStateException if this end cannot send, or was closed by this process
     */
    void send(T value) throws IOException, InterruptedException;

    /**
     * Sends a value, if there is room for it in time.
     *
     * @param timeout zero or less does not wait
     * @throws TimeoutException if there was not; nothing was sent
     * @throws dev.procession.EncodingException if it cannot be encoded; nothing was sent
     * @throws BrokenPipeException if nobody can receive it
     * @throws InterruptedException if this thread is interrupted; nothing was sent
     */
    void send(T value, long timeout, TimeUnit unit) throws IOException, InterruptedException, TimeoutException;

    /** The same as {@link #send(Object, long, TimeUnit)}. */
    void send(T value, Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /**
     * Receives a value, however long that takes.
     *
     * @throws EndOfPipeException if all was received, and nobody can send any more
     * @throws dev.procession.DecodingException if it cannot be decoded here; it was received
     * @throws InterruptedException if this thread is interrupted; nothing was received
     * @throws IllegalStateException if this end cannot receive, or was closed by this process; or if the next message was sent
     *     as bytes, which then is still there
     */
    T receive() throws IOException, InterruptedException;

    /**
     * Receives a value, if one comes in time.
     *
     * @param timeout zero or less does not wait
     * @throws TimeoutException if none came
     * @throws EndOfPipeException if all was received, and nobody can send any more
     * @throws dev.procession.DecodingException if it cannot be decoded here; it was received
     * @throws InterruptedException if this thread is interrupted; nothing was received
     */
    T receive(long timeout, TimeUnit unit) throws IOException, InterruptedException, TimeoutException;

    /** The same as {@link #receive(long, TimeUnit)}. */
    T receive(Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /**
     * Whether somebody who receives now need not wait: a message has begun to come, or none can come any more. Takes nothing.
     *
     * @throws IllegalStateException if this end cannot receive, or was closed by this process
     */
    boolean poll();

    /**
     * Waits until somebody who receives need not wait.
     *
     * @param timeout zero or less does not wait
     * @return false if the time is over
     * @throws InterruptedException if this thread is interrupted
     */
    boolean poll(long timeout, TimeUnit unit) throws InterruptedException;

    /** The same as {@link #poll(long, TimeUnit)}. */
    boolean poll(Duration timeout) throws InterruptedException;

    /**
     * Sends bytes as they are.
     *
     * @throws BrokenPipeException if nobody can receive them
     * @throws InterruptedException if this thread is interrupted; nothing was sent
     */
    void sendBytes(byte[] bytes) throws IOException, InterruptedException;

    /**
     * Sends bytes as they are.
     *
     * @param offset where they begin
     * @param length how many
     * @throws IndexOutOfBoundsException if there are none such
     * @throws BrokenPipeException if nobody can receive them
     * @throws InterruptedException if this thread is interrupted; nothing was sent
     */
    void sendBytes(byte[] bytes, int offset, int length) throws IOException, InterruptedException;

    /** Sends what remains of a buffer, and moves its position to its limit. */
    void sendBytes(ByteBuffer bytes) throws IOException, InterruptedException;

    /**
     * Sends what remains of a buffer, if there is room for it in time, and moves its position to its limit.
     *
     * @throws TimeoutException if there was not; nothing was sent
     */
    void sendBytes(ByteBuffer bytes, Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /**
     * Receives a message as bytes.
     *
     * @throws EndOfPipeException if all was received, and nobody can send any more
     * @throws InterruptedException if this thread is interrupted; nothing was received
     * @throws IllegalStateException if the next message was sent as a value; it is still there
     */
    byte[] receiveBytes() throws IOException, InterruptedException;

    /**
     * Receives a message as bytes, if one comes in time.
     *
     * @throws TimeoutException if none came
     */
    byte[] receiveBytes(Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /**
     * Receives a message as bytes, if it is not longer than is good.
     *
     * @param most the length that is still good, in bytes
     * @throws IOException if it is longer; it is still there
     */
    byte[] receiveBytes(int most) throws IOException, InterruptedException;

    /**
     * Receives a message as bytes into an array.
     *
     * @param offset where it is to begin
     * @return its length
     * @throws BufferTooShortException if it does not fit; it was received, and is in the exception
     * @throws IndexOutOfBoundsException if the array has no such place
     */
    int receiveInto(byte[] buffer, int offset) throws IOException, InterruptedException;

    /**
     * Receives a message as bytes into a buffer, from its position on, and moves that.
     *
     * @return its length
     * @throws BufferTooShortException if it does not fit; it was received, and is in the exception
     */
    int receiveInto(ByteBuffer buffer) throws IOException, InterruptedException;

    /**
     * Receives a message as bytes into a buffer, if one comes in time.
     *
     * @return its length
     * @throws TimeoutException if none came
     * @throws BufferTooShortException if it does not fit; it was received, and is in the exception
     */
    int receiveInto(ByteBuffer buffer, Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /** {@return the same as {@link #poll()}} */
    @Override
    boolean isReady();

    /** {@return whether this handle or its session was closed by this process} */
    boolean isClosed();

    /** {@return where the pipe is, as messages call it} Both ends say the same. */
    String name();

    /** Gives this handle up. With the last one of this process, the process has this end no longer. Idempotent. */
    @Override
    void close();
}

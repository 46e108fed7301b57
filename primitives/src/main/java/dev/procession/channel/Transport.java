package dev.procession.channel;

import dev.procession.Waitable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes in order, both ways. One thread reads and one thread writes at a time; any thread closes. */
interface Transport extends Closeable {

    /**
     * Waits until there are bytes.
     *
     * @param target gets one or more; must have room
     * @param deadline of {@link dev.procession.internal.waiting.Deadline}
     * @return how many; 0 if the deadline has passed, -1 if nothing will come any more
     */
    int read(ByteBuffer target, long deadline) throws IOException, InterruptedException;

    /**
     * Writes all bytes.
     *
     * @return false if the deadline passed before, and only some of them are written
     */
    boolean write(ByteBuffer source, long deadline) throws IOException, InterruptedException;

    /** Calls back once when a {@link #read} that got nothing may get something, or the end; perhaps for nothing. */
    Waitable.Registration whenReadable(Runnable signal);

    /** What only the two ends of this transport know, so that a proof for one cannot be used on another; may be empty. */
    byte[] binding();

    /** {@return whether others on the way can read along} */
    boolean isOpenToNetwork();
}

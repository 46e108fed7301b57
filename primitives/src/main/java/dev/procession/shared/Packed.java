package dev.procession.shared;

import dev.procession.internal.memory.Memory;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Atomic access to elements of one or two bytes: by the int that contains them, because nothing smaller can be compared and
 * set in a buffer. Neighbours in the same int are never changed; they may make a compare-and-set try again. Values are the
 * lowest bits of an int, the others zero when they come out and ignored when they go in.
 *
 * <p>Reads take the whole int in the mode that was asked for. A store is one store of the element itself between fences: a
 * CAS would do too, but cost more.
 */
final class Packed {
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private Packed() {}

    private static int word(int offset) {
        return offset & -Integer.BYTES;
    }

    private static int shift(int offset, int bytes) {
        int at = offset & (Integer.BYTES - 1);
        return (LITTLE ? at : Integer.BYTES - bytes - at) * Byte.SIZE;
    }

    private static int mask(int bytes) {
        return (1 << (bytes * Byte.SIZE)) - 1;
    }

    static int getOpaque(Memory memory, int offset, int bytes) {
        return (memory.getIntOpaque(word(offset)) >>> shift(offset, bytes)) & mask(bytes);
    }

    static int getAcquire(Memory memory, int offset, int bytes) {
        return (memory.getIntAcquire(word(offset)) >>> shift(offset, bytes)) & mask(bytes);
    }

    static int getVolatile(Memory memory, int offset, int bytes) {
        return (memory.getIntVolatile(word(offset)) >>> shift(offset, bytes)) & mask(bytes);
    }

    private static void setPlain(Memory memory, int offset, int bytes, int value) {
        if (bytes == Byte.BYTES) {
            memory.setByte(offset, (byte) value);
        } else {
            memory.setShort(offset, (short) value);
        }
    }

    /** For opaque stores too: a plain one might be left out if another one follows. */
    static void setRelease(Memory memory, int offset, int bytes, int value) {
        // release: what was written before is seen by who sees this with acquire
        VarHandle.releaseFence();
        setPlain(memory, offset, bytes, value);
        VarHandle.storeStoreFence(); // keeps the compiler from merging it with a later store
    }

    static void setVolatile(Memory memory, int offset, int bytes, int value) {
        VarHandle.releaseFence();
        setPlain(memory, offset, bytes, value);
        // full: no later volatile read goes ahead of this store, as after every volatile store
        VarHandle.fullFence();
    }

    static int compareAndExchange(Memory memory, int offset, int bytes, int expected, int value) {
        int word = word(offset);
        int shift = shift(offset, bytes);
        int mask = mask(bytes);
        while (true) {
            int all = memory.getIntVolatile(word);
            int found = (all >>> shift) & mask;
            if (found != (expected & mask)
                    || memory.compareAndSetInt(word, all, (all & ~(mask << shift)) | ((value & mask) << shift))) {
                return found;
            }
        }
    }

    static boolean compareAndSet(Memory memory, int offset, int bytes, int expected, int value) {
        return compareAndExchange(memory, offset, bytes, expected, value) == (expected & mask(bytes));
    }

    static int getAndSet(Memory memory, int offset, int bytes, int value) {
        while (true) {
            int found = getVolatile(memory, offset, bytes);
            if (compareAndSet(memory, offset, bytes, found, value)) {
                return found;
            }
        }
    }

    static int getAndAdd(Memory memory, int offset, int bytes, int delta) {
        while (true) {
            int found = getVolatile(memory, offset, bytes);
            if (compareAndSet(memory, offset, bytes, found, found + delta)) {
                return found;
            }
        }
    }
}

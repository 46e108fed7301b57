package dev.procession.stress;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * One participant of the session, and its handles of numbered objects that both participants have. Loaded once, so that
 * the two participants, each of which is another copy of the library, have this type together.
 */
public interface Side {

    /** {@return the session's directory} */
    Path path();

    /** {@return a lock, by its number} */
    Lock lock(int number);

    /** {@return a reentrant lock, by its number} */
    Lock reentrantLock(int number);

    /** {@return an event, by its number} */
    Flag event(int number);

    /** {@return a condition of the lock of that number} */
    Condition condition(int number);

    /** {@return a barrier of two, by its number} */
    Gate barrier(int number);

    /** {@return a counting semaphore that began without permits, by its number} */
    Permits counting(int number);

    /** {@return a leased semaphore of one permit, by its number} */
    Permits leased(int number);

    /** {@return shared longs, by their number} */
    Cells cells(int number);

    /** {@return shared bytes, by their number} */
    Octets octets(int number);

    /** {@return what allocates blocks} */
    Blocks blocks();

    /** {@return a ring of events; the side that asks first writes it, both read it} */
    Ring ring();

    /** An event. */
    interface Flag {
        /** Sets it. */
        void set();

        /** Clears it. */
        void clear();

        /** {@return whether it was set before {@link Side#DEADLINE}} */
        boolean await();
    }

    /** A barrier. */
    interface Gate {
        /** {@return the place in the order of arrival, from the last one, which is 0; -1 if nobody else came} */
        int await();
    }

    /** A semaphore. */
    interface Permits {
        /** {@return whether so many permits were got before {@link Side#DEADLINE}} */
        boolean acquire(int permits);

        /** {@return whether a permit was there} */
        boolean tryAcquire();

        /** Gives permits. */
        void release(int permits);

        /** {@return how many permits there were; it takes all} */
        int drain();

        /** {@return how many there are} */
        int available();
    }

    /** Eight shared longs. */
    interface Cells {
        /** Plain. */
        long get(int index);

        /** Plain. */
        void set(int index, long value);

        /** Volatile. */
        long getAndAdd(int index, long delta);

        /** Volatile. */
        boolean compareAndSet(int index, long expected, long value);
    }

    /** Eight shared bytes, four of which lie in one int; all volatile. */
    interface Octets {
        /** {@return the byte} */
        byte get(int index);

        /** Writes the byte. */
        void set(int index, int value);

        /** Adds to the byte. */
        void add(int index, int delta);

        /** {@return whether the byte was as expected, and is the new one now} */
        boolean compareAndSet(int index, int expected, int value);
    }

    /** Blocks of the session's heap. */
    interface Blocks {
        /** Allocates a block and fills it with a number. */
        Object allocate(int bytes, long content);

        /** Whether the block still has that number everywhere. */
        boolean holds(Object block, long content);

        /** Gives the block back. */
        void free(Object block);
    }

    /** A ring that is overwritten all the time. */
    interface Ring {
        /** Records an event whose fields depend on each other. */
        void record(long number);

        /** {@return how many of all events have fields that do not belong together} */
        int torn();
    }

    /** A deadline that only a fault exceeds: lost rings are noticed after 0.2 s and are found by other means. */
    long DEADLINE = 10;

    /** Of {@link #DEADLINE}. */
    TimeUnit UNIT = TimeUnit.SECONDS;
}

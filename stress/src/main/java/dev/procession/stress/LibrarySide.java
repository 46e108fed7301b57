package dev.procession.stress;

import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Heap;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.record.RingEvent;
import dev.procession.internal.record.RingReader;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.shared.SharedBytes;
import dev.procession.shared.SharedLongArray;
import dev.procession.sync.BarrierOptions;
import dev.procession.sync.ProcessBarrier;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessReentrantLock;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.sync.SemaphoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** One copy of the library, as one participant. */
final class LibrarySide implements Side {
    /** Where the ring lies in its block, behind the counter of events. */
    private static final int RING = 128;

    private static final Recorder.Writer NOBODY = new Recorder.Writer(0, 0, "", 0);

    private final Session session;
    private final Participant participant;
    /** Handles that are not held are closed by the garbage collector, and with the last one the object is gone. */
    private final List<Object> kept = new ArrayList<>();

    /** The participant that creates the session. */
    LibrarySide() {
        this(Session.create(SessionOptions.standard().maxProcesses(64)));
    }

    /** A participant more. */
    LibrarySide(Path path) {
        this(Session.attach(path));
    }

    private LibrarySide(Session session) {
        this.session = session;
        this.participant = SessionAccess.of(session);
    }

    @Override
    public Path path() {
        return session.path();
    }

    @Override
    public Lock lock(int number) {
        return ProcessLock.open(session, "lock-" + number);
    }

    @Override
    public Lock reentrantLock(int number) {
        return ProcessReentrantLock.open(session, "reentrant-lock-" + number);
    }

    @Override
    public Flag event(int number) {
        return new EventFlag(ProcessEvent.open(session, "event-" + number));
    }

    @Override
    public Condition condition(int number) {
        return ProcessCondition.open(session, "condition-" + number, ProcessLock.open(session, "lock-" + number));
    }

    @Override
    public Gate barrier(int number) {
        return new BarrierGate(ProcessBarrier.open(session, "barrier-" + number, 2, BarrierOptions.standard()));
    }

    @Override
    public Permits counting(int number) {
        return new SemaphorePermits(
                ProcessSemaphore.open(session, "counting-" + number, 0, SemaphoreOptions.counting()));
    }

    @Override
    public Permits leased(int number) {
        return new SemaphorePermits(ProcessSemaphore.open(session, "leased-" + number, 1, SemaphoreOptions.leased()));
    }

    @Override
    public Cells cells(int number) {
        return new ArrayCells(SharedLongArray.open(session, "cells-" + number, 8));
    }

    @Override
    public Octets octets(int number) {
        return new BytesOctets(SharedBytes.open(session, "octets-" + number, 8));
    }

    @Override
    public Blocks blocks() {
        return new HeapBlocks(participant);
    }

    @Override
    public Ring ring() {
        int length = Recorder.length(16);
        Recorder[] recorder = new Recorder[1];
        var attachment = participant.open(
                ObjectType.BYTES,
                "ring",
                RING + length,
                block -> recorder[0] = Recorder.create(
                        block.memory(), block.offset() + RING, length, block.memory(), block.offset(), NOBODY),
                (self, block) -> block);
        kept.add(attachment);
        return new BlockRing(attachment.core(), length, recorder[0]);
    }

    private record EventFlag(ProcessEvent event) implements Flag {
        @Override
        public void set() {
            event.set();
        }

        @Override
        public void clear() {
            event.clear();
        }

        @Override
        public boolean await() {
            try {
                return event.await(DEADLINE, UNIT);
            } catch (InterruptedException e) {
                throw new AssertionError(e); // nobody interrupts
            }
        }
    }

    private record BarrierGate(ProcessBarrier barrier) implements Gate {
        @Override
        public int await() {
            try {
                return barrier.await(DEADLINE, UNIT);
            } catch (InterruptedException e) {
                throw new AssertionError(e); // nobody interrupts
            } catch (BrokenBarrierException e) {
                return -1;
            }
        }
    }

    private record SemaphorePermits(ProcessSemaphore semaphore) implements Permits {
        @Override
        public boolean acquire(int permits) {
            try {
                return semaphore.tryAcquire(permits, DEADLINE, UNIT);
            } catch (InterruptedException e) {
                throw new AssertionError(e); // nobody interrupts
            }
        }

        @Override
        public boolean tryAcquire() {
            return semaphore.tryAcquire();
        }

        @Override
        public void release(int permits) {
            semaphore.release(permits);
        }

        @Override
        public int drain() {
            return semaphore.drainPermits();
        }

        @Override
        public int available() {
            return semaphore.availablePermits();
        }
    }

    private record ArrayCells(SharedLongArray array) implements Cells {
        @Override
        public long get(int index) {
            return array.getPlain(index);
        }

        @Override
        public void set(int index, long value) {
            array.setPlain(index, value);
        }

        @Override
        public long getAndAdd(int index, long delta) {
            return array.getAndAdd(index, delta);
        }

        @Override
        public boolean compareAndSet(int index, long expected, long value) {
            return array.compareAndSet(index, expected, value);
        }
    }

    private record BytesOctets(SharedBytes bytes) implements Octets {
        @Override
        public byte get(int index) {
            return bytes.get(index);
        }

        @Override
        public void set(int index, int value) {
            bytes.set(index, (byte) value);
        }

        @Override
        public void add(int index, int delta) {
            bytes.getAndAdd(index, (byte) delta);
        }

        @Override
        public boolean compareAndSet(int index, int expected, int value) {
            return bytes.compareAndSet(index, (byte) expected, (byte) value);
        }
    }

    private static final class HeapBlocks implements Blocks {
        private final Participant participant;
        private final Heap heap;

        HeapBlocks(Participant participant) {
            this.participant = participant;
            this.heap = participant.heap();
        }

        @Override
        public Object allocate(int bytes, long content) {
            Block block = heap.allocate(ObjectType.BYTES.code(), null, bytes, participant.self());
            for (int at = 0; at < block.size(); at += Long.BYTES) {
                block.memory().setLong(block.offset() + at, content);
            }
            return block;
        }

        @Override
        public boolean holds(Object block, long content) {
            Block held = (Block) block;
            for (int at = 0; at < held.size(); at += Long.BYTES) {
                if (held.memory().getLong(held.offset() + at) != content) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void free(Object block) {
            heap.free((Block) block);
        }
    }

    private static final class BlockRing implements Ring {
        private final Block block;
        private final int length;
        private final @Nullable Recorder recorder;

        BlockRing(Block block, int length, @Nullable Recorder recorder) {
            this.block = block;
            this.length = length;
            this.recorder = recorder;
        }

        @Override
        public void record(long number) {
            Objects.requireNonNull(recorder, "a ring has the threads of one process as its writers")
                    .record((int) (number & 0x7f) + 1, number, checksum((int) (number & 0x7f) + 1, number));
        }

        @Override
        public int torn() {
            int torn = 0;
            for (RingEvent event : RingReader.read(block.memory(), block.offset() + RING, length, NOBODY)
                    .events()) {
                if (event.value() != checksum(event.kind(), event.object())) {
                    torn++;
                }
            }
            return torn;
        }

        private static long checksum(int kind, long object) {
            long mixed = (object ^ (long) kind << 20) * 0x9e3779b97f4a7c15L;
            return mixed ^ mixed >>> 29;
        }
    }
}

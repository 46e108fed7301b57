package dev.procession.internal.record;

import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Writes what happens in this process into its ring. Any thread may record at any time; nobody waits, and nothing that
 * a reader or another process does can delay it. The ring keeps the last events; what it no longer has is counted.
 *
 * <p>There is no recorder that is off: who records has a final field that is null when nothing is to be recorded, and
 * asks it for null. The branch is always the same one.
 *
 * <p>Events of all processes are in one order, that of {@code sequence}. So that the record shows no effect before its
 * cause, what gives (a release, a set, a put) is recorded <em>before</em> the store that gives, and what takes (an
 * acquisition, a wake-up, a take) <em>after</em> it was got.
 */
public final class Recorder {
    /** A power of two; threads are numbered one after the other, so that this many in a row do not meet. */
    private static final int CACHE = 1024;

    private final Memory memory;
    private final Memory counter;
    private final int sequence;
    private final int next;
    private final int cells;
    private final int cellsShift;
    private final NameWriter names;
    /** Threads whose names were written, by the low bits of their ids: bounded, and no thread has to clean up. */
    private final AtomicLongArray named = new AtomicLongArray(CACHE);

    private Recorder(Memory memory, int ring, int cellCount, int nameBytes, Memory counter, int sequence) {
        this.memory = memory;
        this.counter = counter;
        this.sequence = sequence;
        this.next = ring + RingLayout.NEXT;
        this.cells = ring + RingLayout.HEADER + nameBytes;
        this.cellsShift = Integer.numberOfTrailingZeros(cellCount);
        this.names = new NameWriter(memory, ring, nameBytes);
    }

    /** {@return the bytes that a ring for this many of the last events needs} Rounded up to a power of two. */
    public static int length(int events) {
        if (events < 1 || events > 1 << 24) {
            throw new IllegalArgumentException("a ring keeps 1 to 16777216 events: events=" + events);
        }
        int cells = Math.max(RingLayout.CELLS_AT_LEAST, Integer.highestOneBit(2 * events - 1));
        return RingLayout.length(cells);
    }

    /**
     * Makes an empty ring. The bytes belong to this process until it ends, and may have had any content.
     *
     * @param memory where the ring lies
     * @param offset a multiple of 8, better of 128
     * @param length in bytes, from {@link #length(int)}
     * @param counter where the session's counter of events lies
     * @param sequence the offset of that counter; no other hot field should be within 128 bytes of it
     * @param writer who records
     */
    public static Recorder create(Memory memory, int offset, int length, Memory counter, int sequence, Writer writer) {
        int cellCount = RingLayout.cells(length);
        if (cellCount < RingLayout.CELLS_AT_LEAST) {
            throw new IllegalArgumentException("a ring of events needs at least "
                    + (RingLayout.HEADER + RingLayout.NAMES_AT_LEAST + RingLayout.CELLS_AT_LEAST * RingLayout.CELL)
                    + " bytes: length=" + length);
        }
        if (offset < 0 || (offset & 7) != 0 || length > memory.size() - offset) {
            throw new IllegalArgumentException("a ring lies within its memory, at a multiple of 8: offset=" + offset
                    + ", length=" + length + ", memory=" + memory.size());
        }
        memory.setIntVolatile(offset + RingLayout.MAGIC, 0);
        memory.clear(offset, length);
        int nameBytes = (length - RingLayout.HEADER - cellCount * RingLayout.CELL) & ~7;
        memory.setInt(offset + RingLayout.VERSION, RingLayout.THE_VERSION);
        memory.setInt(offset + RingLayout.LENGTH, length);
        memory.setInt(offset + RingLayout.CELLS, cellCount);
        memory.setInt(offset + RingLayout.NAMES, nameBytes);
        memory.setLong(offset + RingLayout.PID, writer.pid());
        memory.setLong(offset + RingLayout.STARTED, writer.startedMillis());
        memory.setLong(offset + RingLayout.PARTICIPANT, writer.participant());
        Anchor anchor = Anchor.take();
        memory.setLong(offset + RingLayout.ANCHOR, anchor.nanos());
        memory.setLong(offset + RingLayout.WALL, anchor.wallMicros());
        memory.setLong(offset + RingLayout.SPREAD, anchor.spreadNanos());
        Recorder recorder = new Recorder(memory, offset, cellCount, nameBytes, counter, sequence);
        recorder.names.process(writer.name());
        FaultPoint.reached("record.ring-filled");
        // release: publishes the header and the zeros; pairs with getIntAcquire() in RingReader. With a plain store a
        // reader could take cells of whoever had these bytes before.
        memory.setIntRelease(offset + RingLayout.MAGIC, RingLayout.THE_MAGIC);
        return recorder;
    }

    /**
     * Records an event of the calling thread, now.
     *
     * @param kind of {@link EventCode}
     * @param object the id of what it is about; ids must not be used twice in a session; 0: nothing
     * @param value what the kind says
     */
    public void record(int kind, long object, long value) {
        int thread = thread();
        long position = memory.getAndAddLong(next, 1);
        long lap = RingLayout.lap(position, cellsShift);
        int cell = cells + RingLayout.cell(position, cellsShift) * RingLayout.CELL;
        long seen = memory.getLongOpaque(cell);
        // A thread that stood still for a whole lap may be in this cell, or was overtaken here: two writers in one cell
        // would mix their fields. The event is given up; it is one of those that a ring loses anyway.
        if ((seen & RingLayout.BUSY) != 0
                || !RingLayout.isBefore(RingLayout.lap(seen), lap)
                || !memory.compareAndSetLong(cell, seen, RingLayout.busy(lap))) {
            return;
        }
        // release: BUSY is seen before the fields; pairs with acquireFence() in RingReader. Without it, a reader could
        // take new fields under the old stamp.
        VarHandle.releaseFence();
        FaultPoint.reached("record.claimed");
        // The number before the time: then an event's time lies between its number and the number of the same thread's
        // next event, and from this the reader gets bounds for how far two processes' clocks are apart.
        memory.setLongOpaque(cell + RingLayout.SEQUENCE, counter.getAndAddLong(sequence, 1));
        FaultPoint.reached("record.numbered");
        memory.setLongOpaque(cell + RingLayout.TIME, System.nanoTime());
        memory.setLongOpaque(cell + RingLayout.OBJECT, object);
        memory.setLongOpaque(cell + RingLayout.VALUE, value);
        FaultPoint.reached("record.filled");
        // release: publishes the fields; pairs with getLongAcquire() in RingReader. With a plain store a reader could
        // see a whole record's stamp before its fields.
        memory.setLongRelease(cell, RingLayout.stamp(lap, thread, kind));
        FaultPoint.reached("record.committed");
    }

    /**
     * Records an event with words: a mark, or a span's begin or end. The same words take room once.
     *
     * @param kind {@link EventCode#MARK}, {@link EventCode#SPAN_BEGIN} or {@link EventCode#SPAN_END}
     */
    public void record(int kind, long object, String text) {
        record(kind, object, names.text(text));
    }

    /**
     * Gives an object's id a name, for people. Whoever opens the object does this; once for each process is enough.
     *
     * @param type what it is, such as {@code lock}
     * @param name of any characters; empty for an anonymous object
     */
    public void nameObject(long object, String type, String name) {
        names.object(object, type, name);
    }

    /** {@return the number of the calling thread in this ring} Its name is written when it comes for the first time. */
    private int thread() {
        Thread current = Thread.currentThread();
        long id = current.getId();
        int place = (int) id & (CACHE - 1);
        if (named.getOpaque(place) != id) {
            names.thread(id, current.getName());
            named.setOpaque(place, id);
        }
        return (int) id & RingLayout.THREAD_MASK;
    }

    /**
     * Who writes a ring.
     *
     * @param participant its identity in the session, as lock words have it
     * @param pid for people
     * @param name for people, of any characters
     * @param startedMillis milliseconds since 1970 at which the process started
     */
    public record Writer(long participant, long pid, String name, long startedMillis) {}
}

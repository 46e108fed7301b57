package dev.procession.internal.record;

import dev.procession.internal.memory.Memory;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a ring that another process writes, may still write, or was killed while writing. It takes whole events only,
 * and any bytes at all make it return something: whatever a damaged ring holds, nothing is thrown.
 */
public final class RingReader {
    private final Memory memory;
    private final int ring;

    private RingReader(Memory memory, int ring) {
        this.memory = memory;
        this.ring = ring;
    }

    /**
     * Reads a ring.
     *
     * @param memory where it lies
     * @param offset as it was made with
     * @param length at least the ring's
     * @param known who writes it, in case that the ring does not say
     */
    public static RingContents read(Memory memory, int offset, int length, Recorder.Writer known) {
        if (offset < 0 || (offset & 7) != 0 || length < RingLayout.HEADER || length > memory.size() - offset) {
            return RingContents.unreadable(known);
        }
        return new RingReader(memory, offset).read(length, known);
    }

    private RingContents read(int length, Recorder.Writer known) {
        // acquire: pairs with the writer's last store when it made the ring.
        if (memory.getIntAcquire(ring + RingLayout.MAGIC) != RingLayout.THE_MAGIC
                || memory.getInt(ring + RingLayout.VERSION) != RingLayout.THE_VERSION) {
            return RingContents.unreadable(known);
        }
        long whole = memory.getInt(ring + RingLayout.LENGTH);
        long cells = memory.getInt(ring + RingLayout.CELLS);
        long names = memory.getInt(ring + RingLayout.NAMES);
        long recorded = memory.getLongAcquire(ring + RingLayout.NEXT);
        if (whole > length
                || cells < RingLayout.CELLS_AT_LEAST
                || Long.bitCount(cells) != 1
                || names < 0
                || (names & 7) != 0
                || RingLayout.HEADER + names + cells * RingLayout.CELL > whole
                || recorded < 0) {
            return RingContents.unreadable(known);
        }
        List<RingEvent> events = events(recorded, (int) names, (int) cells);
        Map<Integer, String> process = new HashMap<>();
        RingNames found = names((int) names, process);
        Recorder.Writer writer = new Recorder.Writer(
                memory.getLong(ring + RingLayout.PARTICIPANT),
                memory.getLong(ring + RingLayout.PID),
                process.getOrDefault(0, known.name()),
                memory.getLong(ring + RingLayout.STARTED));
        Anchor anchor = new Anchor(
                memory.getLong(ring + RingLayout.ANCHOR),
                memory.getLong(ring + RingLayout.WALL),
                memory.getLong(ring + RingLayout.SPREAD));
        return new RingContents(true, writer, anchor, recorded, recorded - events.size(), found, events);
    }

    private List<RingEvent> events(long recorded, int names, int cells) {
        int shift = Integer.numberOfTrailingZeros(cells);
        int first = ring + RingLayout.HEADER + names;
        int count = (int) Math.min(recorded, cells);
        List<RingEvent> events = new ArrayList<>(count);
        for (long position = recorded - count; position < recorded; position++) {
            int cell = first + RingLayout.cell(position, shift) * RingLayout.CELL;
            // acquire: pairs with the release of the stamp; the fields below are at least that new.
            long stamp = memory.getLongAcquire(cell);
            long sequence = memory.getLongOpaque(cell + RingLayout.SEQUENCE);
            long nanos = memory.getLongOpaque(cell + RingLayout.TIME);
            long object = memory.getLongOpaque(cell + RingLayout.OBJECT);
            long value = memory.getLongOpaque(cell + RingLayout.VALUE);
            // acquire: a field of a later lap was stored behind that lap's BUSY, which the second look then sees; pairs
            // with releaseFence() in Recorder.record(). Without it the second look could be older than the fields.
            VarHandle.acquireFence();
            if (stamp == memory.getLongOpaque(cell) && isWhole(stamp, RingLayout.lap(position, shift))) {
                events.add(new RingEvent(
                        sequence, nanos, RingLayout.thread(stamp), RingLayout.kind(stamp), object, value));
            }
        }
        return events;
    }

    /** An event of a lap before is as good: the one that should have replaced it was given up. A later one came after the count. */
    private static boolean isWhole(long stamp, long lap) {
        long written = RingLayout.lap(stamp);
        return (stamp & RingLayout.BUSY) == 0
                && written != 0
                && RingLayout.kind(stamp) != 0
                && (written == lap || RingLayout.isBefore(written, lap));
    }

    private RingNames names(int size, Map<Integer, String> process) {
        Map<Integer, String> threads = new HashMap<>();
        Map<Long, RingNames.ObjectName> objects = new HashMap<>();
        Map<Long, String> texts = new HashMap<>();
        // acquire: pairs with the release in NameWriter.append().
        long end = memory.getLongAcquire(ring + RingLayout.NAMES_END);
        int table = ring + RingLayout.HEADER;
        for (int at = 0; at <= Math.min(end, size) - RingLayout.NAME_TEXT; ) {
            int length = memory.getInt(table + at + RingLayout.NAME_LENGTH);
            int typeLength = memory.getShort(table + at + RingLayout.NAME_TYPE_LENGTH);
            if (length < 0 || length > size - at - RingLayout.NAME_TEXT || typeLength < 0 || typeLength > length) {
                break; // damaged: where the next one begins is not known
            }
            long id = memory.getLong(table + at + RingLayout.NAME_ID);
            String type = text(table + at + RingLayout.NAME_TEXT, typeLength);
            String name = text(table + at + RingLayout.NAME_TEXT + typeLength, length - typeLength);
            switch (memory.getByte(table + at + RingLayout.NAME_SORT)) {
                case NameSort.PROCESS -> process.put(0, name);
                case NameSort.THREAD -> threads.put((int) id, name);
                case NameSort.OBJECT -> objects.put(id, new RingNames.ObjectName(type, name));
                case NameSort.TEXT -> texts.put(id, name);
                default -> {
                    // of a later version, or damaged: the next one may be whole
                }
            }
            at += RingLayout.nameSize(length);
        }
        return new RingNames(threads, objects, texts, memory.getLongOpaque(ring + RingLayout.NAMES_LOST));
    }

    private String text(int offset, int length) {
        byte[] bytes = new byte[length];
        memory.getBytes(offset, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package dev.procession.internal.record;

import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends names to a ring's table. What is in use grows by one store behind the bytes, so that a process that is killed
 * in the middle leaves whole names only. What finds no room is counted, and its events stay.
 */
final class NameWriter {
    private final Memory memory;
    private final int ring;
    private final int table;
    private final int size;
    /** What threads and texts may take each: there can be any number of them, and objects must be named all the same. */
    private final int share;

    private final ReentrantLock lock = new ReentrantLock();
    /** The sets below hold no more entries than the table has room for. */
    private final Set<Long> threads = new HashSet<>();

    private final Set<Long> objects = new HashSet<>();
    private final Map<String, Integer> texts = new HashMap<>();
    private int threadBytes;
    private int textBytes;

    NameWriter(Memory memory, int ring, int size) {
        this.memory = memory;
        this.ring = ring;
        this.table = ring + RingLayout.HEADER;
        this.size = size;
        this.share = size / 8 * 3;
    }

    void process(String name) {
        lock.lock();
        try {
            append(NameSort.PROCESS, 0, "", name);
        } finally {
            lock.unlock();
        }
    }

    /** Without a name, as most virtual threads are, there is nothing to write. */
    void thread(long id, String name) {
        if (name.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (threads.contains(id)) {
                return;
            }
            int before = end();
            if (threadBytes >= share) {
                lost();
            } else if (append(NameSort.THREAD, id & RingLayout.THREAD_MASK, "", name)) {
                threads.add(id);
                threadBytes += end() - before;
            }
        } finally {
            lock.unlock();
        }
    }

    void object(long id, String type, String name) {
        lock.lock();
        try {
            if (!objects.contains(id) && append(NameSort.OBJECT, id, type, name)) {
                objects.add(id);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the number of a text, 0 if there is no room for it} */
    int text(String text) {
        lock.lock();
        try {
            Integer known = texts.get(text);
            if (known != null) {
                return known;
            }
            int number = texts.size() + 1;
            int before = end();
            if (textBytes >= share) {
                lost();
                return 0;
            }
            if (!append(NameSort.TEXT, number, "", text)) {
                return 0;
            }
            textBytes += end() - before;
            texts.put(text, number);
            return number;
        } finally {
            lock.unlock();
        }
    }

    private boolean append(int sort, long id, String type, String name) {
        byte[] typeBytes = cut(type.getBytes(StandardCharsets.UTF_8));
        byte[] nameBytes = cut(name.getBytes(StandardCharsets.UTF_8));
        int length = typeBytes.length + nameBytes.length;
        int bytes = RingLayout.nameSize(length);
        int end = end();
        if (bytes > size - end) {
            lost();
            return false;
        }
        int at = table + end;
        memory.setInt(at + RingLayout.NAME_LENGTH, length);
        memory.setShort(at + RingLayout.NAME_TYPE_LENGTH, (short) typeBytes.length);
        memory.setByte(at + RingLayout.NAME_SORT, (byte) sort);
        memory.setLong(at + RingLayout.NAME_ID, id);
        memory.setBytes(at + RingLayout.NAME_TEXT, typeBytes, 0, typeBytes.length);
        memory.setBytes(at + RingLayout.NAME_TEXT + typeBytes.length, nameBytes, 0, nameBytes.length);
        FaultPoint.reached("record.named");
        // release: publishes the name; pairs with getLongAcquire() in RingReader.names(). With a plain store a reader
        // could see the longer table before the bytes in it.
        memory.setLongRelease(ring + RingLayout.NAMES_END, end + bytes);
        return true;
    }

    private int end() {
        return (int) memory.getLong(ring + RingLayout.NAMES_END);
    }

    private void lost() {
        long lost = memory.getLong(ring + RingLayout.NAMES_LOST);
        memory.setLongOpaque(ring + RingLayout.NAMES_LOST, lost + 1);
    }

    /** Not in the middle of a character: a continuation byte goes with the ones before it. */
    private static byte[] cut(byte[] text) {
        int end = Math.min(text.length, RingLayout.NAME_LIMIT);
        while (end > 0 && end < text.length && (text[end] & 0xc0) == 0x80) {
            end--;
        }
        return end == text.length ? text : Arrays.copyOf(text, end);
    }
}

package dev.procession.internal.record;

import dev.procession.internal.memory.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Rings for tests: the counter of events at 0, rings from 1024 on, and events whose value shows that they are whole. */
public final class Rings {
    public static final int COUNTER = 0;
    public static final int FIRST = 1024;

    private Rings() {}

    public static Memory memory(int size) {
        return new Memory(ByteBuffer.allocateDirect(size));
    }

    public static Memory map(Path file, int size) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < size) {
                channel.write(ByteBuffer.allocate(size), 0);
            }
            return new Memory(channel.map(FileChannel.MapMode.READ_WRITE, 0, size));
        }
    }

    public static Recorder.Writer writer(String name) {
        return new Recorder.Writer(1L << 48, ProcessHandle.current().pid(), name, System.currentTimeMillis());
    }

    public static Recorder create(Memory memory, int offset, int length, String name) {
        return Recorder.create(memory, offset, length, memory, COUNTER, writer(name));
    }

    public static RingContents read(Memory memory, int offset, int length) {
        return RingReader.read(memory, offset, length, writer("unknown"));
    }

    /** Records an event whose value is a checksum of all that the writer gives. */
    public static void recordChecked(Recorder recorder, int kind, long object) {
        recorder.record(kind, object, checksum(Thread.currentThread().getId(), kind, object));
    }

    public static boolean isWhole(RingEvent event) {
        return event.value() == checksum(event.thread(), event.kind(), event.object());
    }

    private static long checksum(long thread, int kind, long object) {
        long mixed = (object ^ thread << 40 ^ (long) kind << 20) * 0x9e3779b97f4a7c15L;
        return mixed ^ mixed >>> 29;
    }
}

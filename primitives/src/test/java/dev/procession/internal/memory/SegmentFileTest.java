package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.IncompatibleSessionException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFileTest {
    @TempDir
    Path directory;

    @Test
    void create_existingFile_isNotTouched() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "mine");
        assertThrows(FileAlreadyExistsException.class, () -> SegmentFile.create(file, 4096));
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void create_interruptedThread_succeedsAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        Memory memory = SegmentFile.create(directory.resolve("f"), 100_000);
        assertTrue(Thread.interrupted());
        assertEquals(100_000, memory.size());
        assertEquals(100_000, Files.size(directory.resolve("f")));
    }

    @Test
    void map_link_isRefused() throws IOException {
        Heap.create(directory, HeapOptions.standard(), new JvmLock());
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("segment-0"));
        assertThrows(IOException.class, () -> SegmentFile.map(link, 0));
    }

    @Test
    void attach_emptyFile_isRefused() throws IOException {
        Files.createFile(directory.resolve("segment-0"));
        expect("length", "0 bytes", "at least 64");
    }

    @Test
    void attach_truncatedFile_isRefused() throws IOException {
        session();
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("segment-0").toFile(), "rw")) {
            file.setLength(300_000);
        }
        expect("length", "300000 bytes", "1048576");
    }

    @Test
    void attach_otherFile_isRefused() throws IOException {
        Files.write(directory.resolve("segment-0"), new byte[4096]);
        expect("magic", "0", "0x" + Long.toHexString(SegmentLayout.MAGIC_VALUE));
    }

    @Test
    void attach_otherVersion_isRefused() throws IOException {
        session();
        put(SegmentLayout.VERSION, 2, Integer.BYTES);
        expect("layout version", "2", "1");
    }

    @Test
    void attach_foreignByteOrder_isRefused() throws IOException {
        session();
        put(SegmentLayout.ORDER, Integer.reverseBytes(SegmentLayout.ORDER_VALUE), Integer.BYTES);
        put(SegmentLayout.VERSION, Integer.reverseBytes(1), Integer.BYTES);
        expect("byte order", "the opposite", ByteOrder.nativeOrder().toString());
    }

    @Test
    void attach_earlierBoot_isRefused() throws IOException {
        assumeTrue(BootId.VALUE != 0, "no boot id here");
        session();
        put(SegmentLayout.BOOT_ID, BootId.VALUE + 1, Long.BYTES);
        expect("boot id", "0x" + Long.toHexString(BootId.VALUE + 1), "0x" + Long.toHexString(BootId.VALUE));
    }

    @Test
    void attach_otherSegment_isRefused() throws IOException {
        session();
        put(SegmentLayout.INDEX, 4, Integer.BYTES);
        expect("segment", "4", "0");
    }

    @Test
    void attach_impossibleSlotCount_isRefused() throws IOException {
        session();
        put(SegmentLayout.SLOTS, 65, Integer.BYTES);
        expect("slot count", "65", "a multiple of 64 up to 4096");
    }

    @Test
    void bootId_unreadable_isUnknown() throws IOException {
        assertEquals(0, BootId.read(directory.resolve("none")));
        assertEquals(0, BootId.read(Files.writeString(directory.resolve("odd"), "not a uuid\n")));
        assertFalse(Files.exists(Path.of("/proc/sys/kernel/random/boot_id")) && BootId.VALUE == 0);
    }

    private void session() throws IOException {
        Heap.create(directory, HeapOptions.standard(), new JvmLock());
    }

    private void put(int offset, long value, int bytes) throws IOException {
        ByteBuffer field = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
        if (bytes == Long.BYTES) {
            field.putLong(0, value);
        } else {
            field.putInt(0, (int) value);
        }
        try (FileChannel channel = FileChannel.open(directory.resolve("segment-0"), StandardOpenOption.WRITE)) {
            assertEquals(bytes, channel.write(field, offset));
        }
    }

    private void expect(String what, String found, String expected) {
        IncompatibleSessionException thrown =
                assertThrows(IncompatibleSessionException.class, () -> Heap.attach(directory, new JvmLock()));
        assertEquals(directory.resolve("segment-0"), thrown.path());
        assertEquals(
                what + " " + found + " " + expected, thrown.what() + " " + thrown.found() + " " + thrown.expected());
        assertTrue(thrown.getMessage().contains(what + " is " + found + ", expected " + expected), thrown.getMessage());
    }
}

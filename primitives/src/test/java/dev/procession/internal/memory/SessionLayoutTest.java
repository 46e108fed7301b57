package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionLayoutTest {
    @TempDir
    Path directory;

    @Test
    void pictures_areTrue() {
        assertEquals(64, SessionLayout.HEAP_LOCK);
        assertEquals(704, SessionLayout.SEGMENTS);
        assertEquals(712, SessionLayout.GENERATION);
        assertEquals(720, SessionLayout.HINT);
        assertEquals(768, SessionLayout.SEQUENCE);
        assertEquals(832, SessionLayout.FEATURES);
        assertEquals(896, SessionLayout.SPARE);
        assertEquals(1088, SessionLayout.NAMES);
        assertEquals(9280, new SessionLayout(512).row(1));
        assertEquals(44, SegmentLayout.HEAP + Integer.BYTES);
        assertEquals(52, BlockLayout.NAME + Integer.BYTES);
        assertEquals(128, BlockLayout.headerBytes(64));
        assertEquals(128, BlockLayout.headerBytes(512));
        assertEquals(576, BlockLayout.headerBytes(4096));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 512, 4096})
    void areas_followEachOther(int slots) {
        SessionLayout layout = new SessionLayout(slots);
        assertEquals(layout.row(slots) + SessionLayout.ROW_BYTES, layout.obituaryHeader());
        assertEquals(layout.obituaryHeader() + SessionLayout.OBITUARY_HEADER_BYTES, layout.obituary(0));
        assertEquals(layout.obituary(SessionLayout.OBITUARIES - 1) + SessionLayout.OBITUARY_BYTES, layout.heap());
        assertEquals(0, layout.heap() % 64);
        assertThrows(IllegalArgumentException.class, () -> layout.row(0));
        assertThrows(IllegalArgumentException.class, () -> layout.row(slots + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 100, -64, 4160})
    void options_badSlotCount_says(int slots) {
        String message = assertThrows(IllegalArgumentException.class, () -> new HeapOptions(slots, 1 << 20))
                .getMessage();
        assertTrue(message.contains("slotCount=" + slots), message);
    }

    @Test
    void create_makesAFullFileForItsOwner() throws Exception {
        Heap heap = Heap.create(directory, HeapOptions.standard(), new JvmLock());
        Path file = directory.resolve("segment-0");

        assertEquals(1 << 20, heap.first().size());
        assertEquals(1 << 20, Files.size(file));
        assertEquals("processn", new String(Files.readAllBytes(file), 0, 8, StandardCharsets.US_ASCII));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        for (int at = SessionLayout.SPARE; at < heap.layout().heap(); at++) {
            assertEquals(0, heap.first().getByte(at));
        }
        assertEquals(
                heap.layout().slotCount(),
                Heap.attach(directory, new JvmLock()).layout().slotCount());
    }

    @Test
    void create_mostProcesses_hasRoomForBlocks() throws Exception {
        Heap heap = Heap.create(directory, new HeapOptions(4096, 1 << 20), new JvmLock());
        Block block = heap.allocate(1, null, 50_000, HeapTest.owner(4096, 1));
        assertEquals(0, block.segment());
        assertTrue(heap.addUser(block, 4096));
        assertEquals(4096, Heap.attach(directory, new JvmLock()).layout().slotCount());
    }
}

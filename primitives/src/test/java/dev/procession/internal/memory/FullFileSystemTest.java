package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.OutOfSharedMemoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session in a file system of 4 MiB, which root alone can make. */
class FullFileSystemTest {
    private static final long ME = HeapTest.owner(1, 1);

    @TempDir
    Path directory;

    private Path small;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectory(directory.resolve("small"));
        mounted = "root".equals(System.getProperty("user.name"))
                && run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString());
        assumeTrue(mounted, "no tmpfs can be mounted here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            // Lazily: the mappings of this JVM go with the garbage.
            assertTrue(run("umount", "-l", small.toString()));
        }
    }

    @Test
    void allocate_untilFull_saysAndGoesOn() throws IOException {
        Heap heap = Heap.create(small, HeapOptions.standard(), new JvmLock());
        assertTrue(heap.first().size() <= 1 << 20);
        List<Block> blocks = new ArrayList<>();
        OutOfSharedMemoryException full = assertThrows(OutOfSharedMemoryException.class, () -> {
            while (blocks.size() < 1000) {
                Block block = heap.allocate(1, null, 50_000, ME);
                heap.publish(block, ME);
                blocks.add(block);
            }
        });

        assertEquals(small, full.directory());
        assertTrue(full.wanted() > full.free(), full.toString());
        assertTrue(full.getMessage().contains("--shm-size"), full.getMessage());
        assertTrue(full.getMessage().contains("free=" + full.free()), full.getMessage());
        // 4 MiB are 83 such blocks; the tables of the session and less than one block per segment are lost.
        assertTrue(blocks.size() > 65, "only " + blocks.size() + " of " + heap.statistics());
        for (Block block : blocks) {
            for (int i = 0; i < block.size(); i += 512) {
                block.memory().setByte(block.offset() + i, (byte) 7);
            }
        }
        heap.free(blocks.get(0));
        assertNotNull(heap.allocate(1, "again", 50_000, ME));
        HeapWalk.walk(small);
    }

    @Test
    void allocate_moreThanThereIs_saysAndLeavesNoFile() throws IOException {
        Heap heap = Heap.create(small, HeapOptions.standard(), new JvmLock());

        OutOfSharedMemoryException full =
                assertThrows(OutOfSharedMemoryException.class, () -> heap.allocate(1, null, 50_000_000, ME));

        assertTrue(full.wanted() >= 50_000_000);
        assertEquals(1, heap.statistics().segments());
        try (Stream<Path> files = Files.list(small)) {
            assertEquals(List.of(small.resolve("segment-0")), files.toList());
        }
    }

    /** The free space is looked at first; here another one takes it in between, as far as SegmentFile can tell. */
    @Test
    void segmentFile_noSpaceWhileWriting_removesThePart() {
        Path file = small.resolve("f");
        IOException thrown =
                assertThrows(SegmentFile.NoSpaceException.class, () -> SegmentFile.create(file, 10_000_000));
        assertTrue(thrown.getMessage().contains("of 10000000 bytes could be written"), thrown.getMessage());
        assertFalse(Files.exists(file));
    }

    @Test
    void create_noRoomForASession_says() throws IOException {
        Files.write(small.resolve("others"), new byte[4_100_000]);
        assertThrows(OutOfSharedMemoryException.class, () -> Heap.create(small, HeapOptions.standard(), new JvmLock()));
        assertFalse(Files.exists(small.resolve("segment-0")));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}

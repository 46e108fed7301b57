package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HeapTest {
    private static final int TYPE = 7;
    private static final long ME = owner(3, 11);
    private static final long OTHER = owner(200, 5);

    @TempDir
    Path directory;

    private final JvmLock lock = new JvmLock();
    private Heap heap;

    @BeforeEach
    void create() throws IOException {
        heap = Heap.create(directory, HeapOptions.standard(), lock);
    }

    static long owner(int slot, int gen) {
        return (long) slot << 48 | (long) gen << 18;
    }

    @Test
    void allocate_unpublished_isFoundByNobody() {
        Block block = heap.allocate(TYPE, "a", 100, ME);

        assertNull(heap.find("a"));
        heap.forEach(found -> assertEquals("none", found.toString()));
        assertThrows(ObjectGoneException.class, () -> heap.resolve(block.segment(), block.offset(), block.gen(), TYPE));
    }

    @Test
    void publish_named_isFoundWithItsBytes() throws IOException {
        Block block = heap.allocate(TYPE, "naïve \u2713", 100, ME);
        block.memory().setLong(block.offset() + 8, 42);
        heap.publish(block, ME);

        Block found = Heap.attach(directory, lock).find("naïve \u2713");

        assertNotNull(found);
        assertEquals(42, found.memory().getLong(found.offset() + 8));
        assertEquals(
                List.of(block.id(), block.gen(), 100L, (long) TYPE),
                List.of(found.id(), found.gen(), (long) found.size(), (long) found.type()));
        assertEquals("naïve \u2713", found.name());
        assertEquals(0, found.offset() % 64);
    }

    @Test
    void publish_nameInUse_throwsAndKeepsBoth() {
        Block first = published("a", 10);
        Block second = heap.allocate(TYPE, "a", 10, OTHER);

        NameInUseException thrown = assertThrows(NameInUseException.class, () -> heap.publish(second, OTHER));

        assertEquals("a", thrown.name());
        assertTrue(thrown.getMessage().contains("\"a\""), thrown.getMessage());
        assertEquals(first, heap.find("a"));
        heap.free(second);
        assertEquals(first, heap.find("a"));
    }

    @Test
    void publishOrFind_nameInUse_givesTheOtherAndFreesMine() {
        Block first = heap.allocate(TYPE, "a", 10, ME);
        assertSame(first, heap.publishOrFind(first, ME));
        Block second = heap.allocate(TYPE, "a", 10, OTHER);

        assertEquals(first, heap.publishOrFind(second, OTHER));

        assertFalse(heap.contains(second));
        assertTrue(heap.contains(first));
    }

    @Test
    void resolve_goneOrOfAnotherType_says() {
        Block block = published(null, 10);
        assertEquals(block, heap.resolve(block.segment(), block.offset(), block.gen(), TYPE));

        ObjectGoneException type = assertThrows(
                ObjectGoneException.class, () -> heap.resolve(block.segment(), block.offset(), block.gen(), 8));
        assertTrue(type.getMessage().contains("is of type 7, expected type 8"), type.getMessage());

        heap.free(block);
        Block next = published(null, 10);
        assertEquals(block.id(), next.id());
        ObjectGoneException gone = assertThrows(
                ObjectGoneException.class, () -> heap.resolve(block.segment(), block.offset(), block.gen(), TYPE));
        assertEquals(block.handle(), gone.handle());
        for (long[] nowhere : new long[][] {{5, 64}, {0, 0}, {0, 65}, {-1, 64}, {0, Integer.MAX_VALUE & -64}}) {
            assertThrows(ObjectGoneException.class, () -> heap.resolve((int) nowhere[0], (int) nowhere[1], 1, TYPE));
        }
    }

    @Test
    void free_twice_freesNobodyElse() {
        Block block = published(null, 10);
        heap.free(block);
        Block next = published(null, 10);

        heap.free(block);
        heap.removeUser(block, 1);

        assertTrue(heap.contains(next));
        assertThrows(ObjectGoneException.class, () -> heap.addUser(block, 1));
        assertThrows(ObjectGoneException.class, () -> heap.publish(block, ME));
    }

    @Test
    @Tag("V06")
    void allocate_usedMemory_isZero() {
        for (int round = 0; round < 3; round++) {
            Block block = published("n" + round, 1000);
            byte[] bytes = new byte[1000];
            block.memory().getBytes(block.offset(), bytes, 0, 1000);
            assertArrayEquals(new byte[1000], bytes);
            for (int i = 0; i < 1000; i++) {
                block.memory().setByte(block.offset() + i, (byte) -1);
            }
            heap.addUser(block, 512);
            heap.free(block);
            assertFalse(heap.hasUser(published(null, 900), 512));
        }
    }

    @Test
    void removeUser_lastOfAnonymous_frees() {
        Block block = published(null, 10);
        assertTrue(heap.addUser(block, 1));
        assertFalse(heap.addUser(block, 1));
        assertTrue(heap.addUser(block, 512));

        assertFalse(heap.removeUser(block, 1));
        assertFalse(heap.removeUser(block, 1));
        assertTrue(heap.contains(block));
        assertTrue(heap.removeUser(block, 512));

        assertFalse(heap.contains(block));
    }

    @Test
    void removeUser_lastOfNamed_keepsItUntilUnlink() {
        Block block = published("a", 10);
        heap.addUser(block, 64);
        heap.addUser(block, 65);
        assertFalse(heap.removeUser(block, 64));
        assertTrue(heap.removeUser(block, 65));
        assertEquals(block, heap.find("a"));

        heap.unlink(block);

        assertNull(heap.find("a"));
        assertFalse(heap.contains(block));
    }

    @Test
    void unlink_used_goesWithItsLastUser() {
        Block block = published("a", 10);
        heap.addUser(block, 64);

        heap.unlink(block);

        assertNull(heap.find("a"));
        assertTrue(heap.contains(block));
        Block successor = published("a", 20);
        assertEquals(successor, heap.find("a"));
        assertTrue(heap.removeUser(block, 64));
        assertFalse(heap.contains(block));
        assertEquals(successor, heap.find("a"));
    }

    @Test
    void dropUser_settlesItsBlocksOnly() {
        Block unfinished = heap.allocate(TYPE, "u", 10, ME);
        Block othersUnfinished = heap.allocate(TYPE, "u", 10, OTHER);
        Block never = published(null, 10);
        Block mine = published(null, 10);
        heap.addUser(mine, 3);
        Block shared = published(null, 10);
        heap.addUser(shared, 3);
        heap.addUser(shared, 4);
        Block named = published("n", 10);
        heap.addUser(named, 3);

        heap.dropUser(3);
        heap.dropUser(3);

        assertEquals(
                List.of(false, true, true, false, true, true),
                List.of(
                        heap.contains(unfinished),
                        heap.contains(othersUnfinished),
                        heap.contains(never),
                        heap.contains(mine),
                        heap.contains(shared),
                        heap.contains(named)));
        assertFalse(heap.hasUser(shared, 3));
        assertFalse(heap.hasUser(named, 3));
    }

    @Test
    void repair_freesWhatTheDeadHadNotPublished() {
        Block unfinished = heap.allocate(TYPE, "u", 10, ME);
        Block othersUnfinished = heap.allocate(TYPE, "u", 10, OTHER);
        List<Block> named = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            named.add(published("n" + i, 10));
        }

        lock.lock();
        heap.repair(owner -> owner == OTHER);
        lock.unlock();

        assertFalse(heap.contains(unfinished));
        assertTrue(heap.contains(othersUnfinished));
        for (Block block : named) {
            assertEquals(block, heap.find(String.valueOf(block.name())));
        }
    }

    @Test
    void allocate_moreThanTheSegmentHas_addsOneThatOthersSee() throws IOException {
        Heap other = Heap.attach(directory, lock);
        Block big = heap.allocate(TYPE, "big", 3_000_000, ME);
        heap.publish(big, ME);

        assertEquals(1, big.segment());
        Block found = other.find("big");
        assertNotNull(found);
        found.memory().setLong(found.offset() + 2_999_992, 9);
        assertEquals(9, big.memory().getLong(big.offset() + 2_999_992));
        Block here = Heap.attach(directory, lock).resolve(1, big.offset(), big.gen(), TYPE);
        assertEquals(9, here.memory().getLong(here.offset() + 2_999_992));
        assertEquals(2, other.statistics().segments());
    }

    @Test
    void allocate_impossible_says() {
        for (long bytes : new long[] {-1, heap.maxPayload() + 1L, 1L << 40}) {
            String message = assertThrows(IllegalArgumentException.class, () -> heap.allocate(TYPE, null, bytes, ME))
                    .getMessage();
            assertTrue(message.contains("bytes=" + bytes), message);
        }
        assertThrows(IllegalArgumentException.class, () -> heap.allocate(TYPE, null, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> heap.allocate(TYPE, null, 1, ME | 1));
        assertThrows(IllegalArgumentException.class, () -> heap.addUser(published(null, 1), 513));
    }

    @Test
    void maxPayload_fitsAFile() {
        long longest =
                (long) heap.maxPayload() + BlockLayout.headerBytes(512) + ObjectName.MAX_BYTES + SegmentLayout.BYTES;
        assertTrue(longest <= SegmentLayout.MAX_LENGTH, "" + longest);
        assertTrue(longest > SegmentLayout.MAX_LENGTH - 256, "" + longest);
    }

    @Test
    void statistics_coverTheSegments() {
        published("a", 1);
        heap.free(published(null, 5000));
        HeapStatistics statistics = heap.statistics();

        assertEquals(1, statistics.blocks());
        assertEquals(192, statistics.usedBytes());
        assertEquals(heap.first().size() - heap.layout().heap(), statistics.usedBytes() + statistics.freeBytes());
    }

    /** Half of them named, in blocks of two sizes; then every second one is freed and made again. */
    @Test
    @Timeout(20)
    void heap_tenThousandObjects_isQuick() throws IOException {
        Heap other = Heap.attach(directory, lock);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            blocks.add(published(i % 2 == 0 ? "object-" + i : null, i % 3 == 0 ? 2000 : 64));
        }
        for (int i = 0; i < 10_000; i += 2) {
            assertEquals(blocks.get(i), other.find("object-" + i));
            other.free(blocks.get(i));
        }
        int segments = heap.statistics().segments();
        for (int i = 0; i < 10_000; i += 2) {
            blocks.set(i, published("object-" + i, i % 3 == 0 ? 2000 : 64));
        }
        for (Block block : blocks) {
            assertEquals(block, other.resolve(block.segment(), block.offset(), block.gen(), TYPE));
        }
        assertEquals(10_000, other.statistics().blocks());
        assertEquals(segments, other.statistics().segments());
    }

    private Block published(String name, int bytes) {
        Block block = heap.allocate(TYPE, name, bytes, ME);
        heap.publish(block, ME);
        return block;
    }
}

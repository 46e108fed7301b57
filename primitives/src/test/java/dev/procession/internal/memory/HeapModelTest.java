package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.NameInUseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sequences on two mappings of one heap, against a model of plain Java. */
class HeapModelTest {
    private static final int STEPS = 6000;

    @TempDir
    Path directory;

    private final JvmLock lock = new JvmLock();
    private final Map<Long, Entry> model = new HashMap<>();
    private final List<Heap> heaps = new ArrayList<>();
    private Random random = new Random();

    /** What the model knows of a block. */
    private static final class Entry {
        final Block block;
        final long owner;
        final byte fill;
        final Set<Integer> users = new TreeSet<>();
        boolean published;
        String name;

        Entry(Block block, long owner) {
            this.block = block;
            this.owner = owner;
            this.fill = (byte) (block.gen() * 37 + 1);
            this.name = block.name();
        }
    }

    /** 0 = another sequence in each run. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 0})
    void heap_randomSteps_isLikeTheModel(long fixed) throws IOException {
        long seed = fixed == 0 ? System.nanoTime() : fixed;
        random = new Random(seed);
        heaps.add(Heap.create(directory, new HeapOptions(seed % 2 == 0 ? 64 : 512, 1 << 20), lock));
        heaps.add(Heap.attach(directory, lock));
        int step = 0;
        try {
            for (; step < STEPS; step++) {
                step(heaps.get(random.nextInt(2)));
                if (step % 50 == 0) {
                    compare();
                }
            }
            compare();
            for (Entry entry : List.copyOf(model.values())) {
                free(heaps.get(0), entry);
            }
            compare();
            HeapStatistics statistics = heaps.get(1).statistics();
            assertEquals(0, statistics.blocks() + statistics.usedBytes());
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ", step " + step + ": " + e, e);
        }
    }

    private void step(Heap heap) {
        int dice = random.nextInt(100);
        Entry any = model.isEmpty() ? null : List.copyOf(model.values()).get(random.nextInt(model.size()));
        if (any == null || (dice < 35 && model.size() < 300)) {
            allocate(heap);
        } else if (dice < 60) {
            free(heap, any);
        } else if (dice < 70) {
            publish(heap, any);
        } else if (dice < 80) {
            int slot = 1 + random.nextInt(64);
            assertEquals(any.users.add(slot), heap.addUser(any.block, slot));
        } else if (dice < 90) {
            removeUser(heap, any, any.users.isEmpty() ? 5 : any.users.iterator().next());
        } else if (dice < 94) {
            heap.unlink(any.block);
            if (any.name != null && any.users.isEmpty()) {
                gone(any);
            }
            any.name = null;
        } else if (dice < 96) {
            drop(heap, 1 + random.nextInt(64));
        } else if (dice < 97) {
            lock.lock();
            heap.repair(owner -> BlockLayout.slotOf(owner) != 9);
            lock.unlock();
            freeUnpublished(9);
        } else {
            String name = name();
            Block found = heap.find(name);
            Entry expected = model.values().stream()
                    .filter(e -> e.published && name.equals(e.name))
                    .findAny()
                    .orElse(null);
            assertEquals(expected == null ? null : expected.block, found);
        }
    }

    private String name() {
        return "name-" + random.nextInt(20);
    }

    private void allocate(Heap heap) {
        int bytes = switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> random.nextInt(200_000);
            case 2, 3 -> random.nextInt(5000);
            default -> random.nextInt(300);
        };
        long owner = HeapTest.owner(1 + random.nextInt(20), 1 + random.nextInt(1 << 20));
        Block block = heap.allocate(random.nextInt(5), random.nextInt(3) == 0 ? name() : null, bytes, owner);
        assertEquals(bytes, block.size());
        Entry entry = new Entry(block, owner);
        assertNull(model.put(block.id(), entry), "two blocks at one place");
        expectFilled(block, (byte) 0);
        for (int i = 0; i < bytes; i++) {
            block.memory().setByte(block.offset() + i, entry.fill);
        }
        if (random.nextInt(3) > 0) {
            publish(heap, entry);
        }
    }

    private void publish(Heap heap, Entry entry) {
        if (entry.published || (entry.name == null && entry.block.name() != null)) {
            return;
        }
        boolean taken =
                model.values().stream().anyMatch(e -> e.published && e.name != null && e.name.equals(entry.name));
        try {
            heap.publish(entry.block, entry.owner);
            entry.published = true;
            assertTrue(!taken);
        } catch (NameInUseException e) {
            assertTrue(taken);
        }
    }

    private void free(Heap heap, Entry entry) {
        heap.free(entry.block);
        gone(entry);
    }

    private void removeUser(Heap heap, Entry entry, int slot) {
        boolean last = entry.users.equals(Set.of(slot));
        entry.users.remove(slot);
        assertEquals(last, heap.removeUser(entry.block, slot));
        if (last && entry.name == null) {
            gone(entry);
        }
    }

    private void drop(Heap heap, int slot) {
        heap.dropUser(slot);
        freeUnpublished(slot);
        for (Entry entry : List.copyOf(model.values())) {
            if (entry.users.remove(slot) && entry.users.isEmpty() && entry.name == null) {
                gone(entry);
            }
        }
    }

    private void freeUnpublished(int slot) {
        for (Entry entry : List.copyOf(model.values())) {
            if (!entry.published && BlockLayout.slotOf(entry.owner) == slot) {
                gone(entry);
            }
        }
    }

    private void gone(Entry entry) {
        model.remove(entry.block.id());
    }

    private static void expectFilled(Block block, byte value) {
        for (int i = 0; i < block.size(); i++) {
            if (block.memory().getByte(block.offset() + i) != value) {
                throw new AssertionError("byte " + i + " of " + block);
            }
        }
    }

    private void compare() throws IOException {
        List<HeapWalk.Found> found = HeapWalk.walk(directory);
        assertEquals(
                model.values().stream().map(e -> e.block.handle()).collect(Collectors.toSet()),
                found.stream().map(HeapWalk.Found::handle).collect(Collectors.toSet()));
        for (HeapWalk.Found one : found) {
            Entry entry = model.get((long) one.segment() << 32 | one.offset());
            assertNotNull(entry);
            assertEquals(entry.name, one.name());
            assertEquals(entry.users, one.users());
            assertEquals(entry.published, one.published());
            assertEquals(entry.block.type(), one.type());
            expectFilled(entry.block, entry.fill);
        }
    }
}

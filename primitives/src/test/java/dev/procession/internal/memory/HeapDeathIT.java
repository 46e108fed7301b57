package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process is killed at every label of the heap, early and late in its work. What it had finished is there, what it was
 * doing has happened or has not, and the next process goes on.
 */
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class HeapDeathIT {
    /** How often the victim comes to each label is random, but these many times for sure. */
    private static final Map<String, Integer> RARE = Map.of(
            "heap.merge-hint", 1,
            "heap.segment-written", 1,
            "heap.segment-renamed", 1,
            "heap.segment-counted", 1,
            "heap.unnamed", 5,
            "heap.user-removed", 10,
            "heap.repair-cleared", 1,
            "heap.repair-released", 1,
            "heap.dropped", 1);

    @TempDir
    Path directory;

    static Stream<Arguments> deaths() throws IOException {
        Random random = new Random();
        List<Arguments> deaths = new ArrayList<>();
        for (String label : FaultLabels.inSources("heap.")) {
            int most = RARE.getOrDefault(label, 40);
            deaths.add(Arguments.of(label, 1, random.nextLong()));
            for (int i = 0; i < 2 && most > 1; i++) {
                deaths.add(Arguments.of(label, 2 + random.nextInt(most - 1), random.nextLong()));
            }
        }
        return deaths.stream();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void heap_userKilled_isWhole(String label, int time, long seed) throws Exception {
        JvmLock lock = new JvmLock();
        Heap.create(directory, HeapOptions.standard(), lock);

        List<String> told = Victim.run(HeapVictim.class, label + "#" + time, directory.toString(), Long.toString(seed));

        Heap heap = Heap.attach(directory, lock);
        lock.lock();
        heap.repair(owner -> owner != HeapVictim.OWNER);
        lock.unlock();
        heap.dropUser(HeapVictim.SLOT);
        compare(heap, told);
        goOn(heap);
    }

    /** What the dead one had done, by number: its name, or null. */
    private static void compare(Heap heap, List<String> told) throws IOException {
        Map<Integer, Expected> expected = new HashMap<>();
        String pending = "";
        for (String line : told) {
            if (line.equals("done")) {
                apply(expected, pending);
                pending = "";
            } else {
                pending = line;
            }
        }
        Map<Integer, Expected> after = new HashMap<>();
        expected.forEach((number, one) -> after.put(number, one.copy()));
        apply(after, pending);

        Map<Integer, HeapWalk.Found> found = new HashMap<>();
        for (HeapWalk.Found block : HeapWalk.walk(heap.directory())) {
            assertTrue(block.published(), "unfinished: " + block);
            Block resolved = heap.resolve(block.segment(), block.offset(), block.gen(), HeapVictim.TYPE);
            found.put((int) resolved.memory().getLong(resolved.offset()), block);
        }
        for (int number = 1; number <= told.size(); number++) {
            HeapWalk.Found block = found.get(number);
            Expected before = expected.get(number);
            Expected then = after.get(number);
            boolean asBefore = before == null ? block == null : before.is(block);
            boolean asThen = then == null ? block == null : then.is(block);
            assertTrue(asBefore || asThen, "block " + number + " is " + block + " after " + pending + "; " + before);
            if (block != null && block.name() != null) {
                assertEquals(block.gen(), heap.find(block.name()).gen());
            } else if (before != null && before.name != null) {
                assertNull(heap.find(before.name));
            }
        }
    }

    /** The step happens in the model. */
    private static void apply(Map<Integer, Expected> model, String step) {
        String[] words = step.split(" ", -1);
        if (words.length < 3) {
            return; // an allocation alone leaves nothing
        }
        int number = Integer.parseInt(words[1]);
        if (words[0].equals("publish")) {
            model.put(number, new Expected(words[2].equals("null") ? null : words[2], new TreeSet<>()));
            return;
        }
        Expected one = model.get(number);
        int slot = Integer.parseInt(words[2]);
        boolean gone = switch (words[0]) {
            case "free" -> true;
            case "unlink" -> one.name != null && one.users.isEmpty();
            case "leave" -> one.users.remove(slot) && one.users.isEmpty() && one.name == null;
            case "use" -> {
                one.users.add(slot);
                yield false;
            }
            default -> throw new AssertionError(step);
        };
        if (gone) {
            model.remove(number);
        } else if (words[0].equals("unlink")) {
            model.put(number, new Expected(null, one.users));
        }
    }

    /** What a block has to be. */
    private record Expected(String name, Set<Integer> users) {
        Expected copy() {
            return new Expected(name, new TreeSet<>(users));
        }

        boolean is(HeapWalk.Found block) {
            return block != null && Objects.equals(name, block.name()) && users.equals(block.users());
        }
    }

    /** All memory can be had again: nothing that the dead one began is in the way. */
    private static void goOn(Heap heap) throws IOException {
        for (HeapWalk.Found block : HeapWalk.walk(heap.directory())) {
            heap.free(heap.resolve(block.segment(), block.offset(), block.gen(), HeapVictim.TYPE));
        }
        HeapStatistics before = heap.statistics();
        assertEquals(0, before.blocks());
        int whole = heap.first().size() - heap.layout().heap();
        Block block = heap.allocate(1, "all of it", whole - 256, HeapTest.owner(1, 1));
        heap.publish(block, HeapTest.owner(1, 1));
        assertEquals(before.segments(), heap.statistics().segments(), "the free blocks of segment 0 became one");
        int noRoom = Math.toIntExact(
                heap.statistics().freeBytes() + 1); // no more than that: a new segment is written, byte for byte
        Block large = heap.allocate(1, null, noRoom, HeapTest.owner(1, 1));
        assertEquals(before.segments(), large.segment());
        HeapWalk.walk(heap.directory());
    }
}

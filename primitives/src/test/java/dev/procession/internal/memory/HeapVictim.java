package dev.procession.internal.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Uses a heap until {@code -Dprocession.dieAt} kills it, and tells each step before and after. Every block has its number
 * in its first 8 bytes.
 */
final class HeapVictim {
    static final int SLOT = 5;
    static final long OWNER = HeapTest.owner(SLOT, 77);
    static final int TYPE = 3;

    private final Heap heap;
    private final Random random;
    private final List<Block> blocks = new ArrayList<>();
    private int numbers;

    private HeapVictim(Heap heap, Random random) {
        this.heap = heap;
        this.random = random;
    }

    public static void main(String[] args) throws IOException {
        JvmLock lock = new JvmLock();
        HeapVictim victim = new HeapVictim(Heap.attach(Path.of(args[0]), lock), new Random(Long.parseLong(args[1])));
        for (int i = 0; i < 3000; i++) {
            victim.step();
        }
        victim.mergeIntoTheHint();
        // What only a successor of a dead owner does, so that its labels are reached as well.
        tell("repair");
        Block unfinished = victim.heap.allocate(TYPE, null, 8, OWNER);
        lock.lock();
        victim.heap.repair(owner -> unfinished.size() != 8);
        lock.unlock();
        victim.heap.allocate(TYPE, null, 8, OWNER);
        victim.heap.dropUser(SLOT);
        tell("end");
    }

    private void step() {
        int dice = random.nextInt(10);
        if (blocks.isEmpty() || dice < 4) {
            allocate();
            return;
        }
        Block block = blocks.get(random.nextInt(blocks.size()));
        int slot = SLOT + 1 + random.nextInt(3);
        String what = " " + block.memory().getLong(block.offset()) + " " + slot;
        switch (dice) {
            case 4, 5 -> {
                tell("free" + what);
                heap.free(block);
            }
            case 6 -> {
                tell("unlink" + what);
                heap.unlink(block);
            }
            case 7, 8 -> {
                tell("use" + what);
                heap.addUser(block, slot);
            }
            default -> {
                tell("leave" + what);
                heap.removeUser(block, slot);
            }
        }
        tell("done");
        if (!heap.contains(block)) {
            blocks.remove(block);
        }
    }

    /** Two free blocks, of which the second is where the search begins, and a search that comes around to the first. */
    private void mergeIntoTheHint() {
        tell("fill");
        Block large = heap.allocate(TYPE, null, heap.statistics().freeBytes(), OWNER);
        Block first = heap.allocate(TYPE, null, 8, OWNER);
        Block second = heap.allocate(TYPE, null, 8, OWNER);
        heap.free(first);
        heap.free(second);
        heap.allocate(TYPE, null, heap.statistics().freeBytes(), OWNER);
        heap.free(large);
    }

    private void allocate() {
        int number = ++numbers;
        String name = random.nextBoolean() ? "name-" + number : null;
        int bytes = random.nextInt(30) == 0 ? 400_000 : 8 + random.nextInt(3000);
        tell("allocate " + number);
        Block block = heap.allocate(TYPE, name, bytes, OWNER);
        block.memory().setLong(block.offset(), number);
        tell("publish " + number + " " + name);
        heap.publish(block, OWNER);
        blocks.add(block);
        tell("done");
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }
}

package dev.procession.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.sync.TestSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of BlockingQueue, held against ArrayBlockingQueue. */
@Timeout(60)
class QueueViewTest {
    private final TestSession test = new TestSession();

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    private BlockingQueue<Integer> view(int capacity, boolean joinable) {
        QueueOptions<Integer> options =
                QueueOptions.<Integer>standard().capacity(capacity).ringBytes(1024);
        return (joinable
                        ? JoinableProcessQueue.create(test.session(), options)
                        : ProcessQueue.create(test.session(), options))
                .asBlockingQueue();
    }

    /** With the items going round, this ended only when the queue was full. */
    @Test
    void drainTo_anotherViewOfTheSameQueue_isRefused() throws Exception {
        for (boolean joinable : new boolean[] {false, true}) {
            ProcessQueue<Integer> queue =
                    joinable ? JoinableProcessQueue.create(test.session()) : ProcessQueue.create(test.session());
            queue.put(1);
            BlockingQueue<Integer> view = queue.asBlockingQueue();
            BlockingQueue<Integer> other = queue.asBlockingQueue();
            assertThrows(IllegalArgumentException.class, () -> view.drainTo(view));
            assertThrows(IllegalArgumentException.class, () -> view.drainTo(other));
            assertThrows(IllegalArgumentException.class, () -> queue.drainTo(other, 5));
            assertThrows(NullPointerException.class, () -> queue.drainTo(null));
            assertEquals(1, queue.take());
        }
    }

    @Test
    void drainTo_whileAsMuchIsPutAsIsTaken_takesWhatWasThere() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(test.session());
        queue.put(1);
        queue.put(2);
        List<Integer> taken = new ArrayList<>() {
            @Override
            public boolean add(Integer item) {
                return queue.offer(item + 10) && super.add(item);
            }
        };
        assertEquals(2, queue.drainTo(taken));
        assertEquals(List.of(1, 2), taken);
        assertEquals(2, queue.size());
    }

    @Test
    void randomCalls_sameResultsAsArrayBlockingQueue() throws Exception {
        for (boolean joinable : new boolean[] {false, true}) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            int capacity = 150;
            BlockingQueue<Integer> ours = view(capacity, joinable);
            BlockingQueue<Integer> theirs = new ArrayBlockingQueue<>(capacity);
            for (int step = 0; step < 6_000; step++) {
                String where = "seed " + seed + " step " + step + " joinable " + joinable;
                int value = random.nextInt(60);
                boolean fills = step / 500 % 2 == 0;
                switch (random.nextInt(fills ? 22 : 18)) {
                    case 0 -> assertEquals(theirs.remove(value), ours.remove(value), where);
                    case 1 -> assertEquals(theirs.contains(value), ours.contains(value), where);
                    case 2 -> assertArrayEquals(theirs.toArray(), ours.toArray(), where);
                    case 3 -> assertEquals(theirs.peek(), ours.peek(), where);
                    case 4 -> {
                        List<Integer> a = new ArrayList<>();
                        List<Integer> b = new ArrayList<>();
                        int most = random.nextInt(5);
                        assertEquals(theirs.drainTo(a, most), ours.drainTo(b, most), where);
                        assertEquals(a, b, where);
                    }
                    case 5 -> removeByIterator(theirs, ours, random.nextInt(10), where);
                    case 6 -> assertEquals(theirs.removeIf(v -> v == value), ours.removeIf(v -> v == value), where);
                    case 7, 8, 9, 10, 11 -> assertEquals(theirs.poll(), ours.poll(), where);
                    case 12 -> assertEquals(theirs.poll(0, TimeUnit.SECONDS), ours.poll(0, TimeUnit.SECONDS), where);
                    case 13 ->
                        assertEquals(
                                theirs.offer(value, 0, TimeUnit.SECONDS),
                                ours.offer(value, 0, TimeUnit.SECONDS),
                                where);
                    default -> assertEquals(theirs.offer(value), ours.offer(value), where);
                }
                assertEquals(theirs.size(), ours.size(), where);
                assertEquals(theirs.isEmpty(), ours.isEmpty(), where);
                assertEquals(theirs.remainingCapacity(), ours.remainingCapacity(), where);
            }
            assertEquals(List.copyOf(theirs), List.copyOf(ours), "seed " + seed);
            theirs.clear();
            ours.clear();
            assertTrue(ours.isEmpty());
            assertArrayEquals(new Object[0], ours.toArray());
        }
    }

    private static void removeByIterator(
            BlockingQueue<Integer> theirs, BlockingQueue<Integer> ours, int index, String where) {
        Iterator<Integer> a = theirs.iterator();
        Iterator<Integer> b = ours.iterator();
        for (int i = 0; i <= index && a.hasNext(); i++) {
            assertTrue(b.hasNext(), where);
            assertEquals(a.next(), b.next(), where);
            if (i == index) {
                a.remove();
                b.remove();
                assertThrows(IllegalStateException.class, b::remove);
            }
        }
    }

    @Test
    void refusals_areThoseOfTheContract() {
        BlockingQueue<Integer> view = view(1, false);
        assertThrows(NullPointerException.class, () -> view.add(null));
        assertThrows(NullPointerException.class, () -> view.offer(null));
        assertThrows(NullPointerException.class, () -> view.put(null));
        assertThrows(NoSuchElementException.class, view::element);
        assertThrows(NoSuchElementException.class, view::remove);
        assertThrows(NoSuchElementException.class, () -> view.iterator().next());
        assertThrows(IllegalStateException.class, () -> view.iterator().remove());
        assertNull(view.peek());
        assertFalse(view.contains(null));
        assertFalse(view.remove(null));
        assertTrue(view.add(1));
        assertThrows(IllegalStateException.class, () -> view.add(2));
        assertThrows(IllegalArgumentException.class, () -> view.drainTo(view));
        assertThrows(NullPointerException.class, () -> view.drainTo(null));
        assertArrayEquals(new Integer[] {1}, view.toArray(new Integer[0]));
    }

    @Test
    void remove_ofFullQueue_letsAWaitingPutIn() throws Exception {
        BlockingQueue<Integer> view = view(2, false);
        view.put(1);
        view.put(2);
        Future<?> waits = test.thread(() -> {
            view.put(3);
            return null;
        });
        Thread.sleep(60);
        assertTrue(view.remove(2));
        waits.get(20, TimeUnit.SECONDS);
        assertEquals(List.of(1, 3), List.copyOf(view));
    }

    @Test
    void remove_whileOthersTake_eachItemGoesOnce() throws Exception {
        BlockingQueue<Integer> view = view(100, false);
        int items = 20_000;
        Set<Integer> removed = new HashSet<>();
        Future<?> puts = test.thread(() -> {
            for (int i = 0; i < items; i++) {
                view.put(i);
            }
            return null;
        });
        Future<Set<Integer>> takes = test.thread(() -> {
            Set<Integer> taken = new HashSet<>();
            Integer item;
            while ((item = view.poll(2, TimeUnit.SECONDS)) != null) {
                assertTrue(taken.add(item));
                if (item == items - 1) {
                    break;
                }
            }
            return taken;
        });
        Random random = new Random();
        while (!puts.isDone()) {
            List<Integer> there = new ArrayList<>(view);
            if (!there.isEmpty()) {
                Integer wanted = there.get(random.nextInt(there.size()));
                if (wanted != items - 1 && view.remove(wanted)) {
                    assertTrue(removed.add(wanted));
                }
            }
        }
        Set<Integer> taken = takes.get(40, TimeUnit.SECONDS);
        assertFalse(removed.isEmpty());
        assertEquals(items, taken.size() + removed.size());
        taken.retainAll(removed);
        assertEquals(Set.of(), taken);
    }

    @Test
    void joinable_itemRemoved_isNotWaitedFor() throws Exception {
        JoinableProcessQueue<Integer> queue = JoinableProcessQueue.create(test.session());
        queue.put(1);
        assertFalse(queue.join(Duration.ofMillis(30)));
        assertTrue(queue.asBlockingQueue().remove(1));
        assertTrue(queue.join(Duration.ofSeconds(20)));
        assertNull(queue.poll());
    }
}

package dev.procession.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.EncodingException;
import dev.procession.ObjectGoneException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds wherever the manager is. */
@Timeout(60)
abstract class ManagerCases {
    abstract ProcessManager manager();

    /** A counter with a state, and with all that a type of one's own may do. */
    interface Counter {
        int next();

        int add(int amount) throws IOException;

        Iterator<Integer> squares(int count);

        List<Integer> numbers();

        Object unknown();

        void sleep(long millis) throws InterruptedException;

        Counter twin();
    }

    static final class CounterImpl implements Counter {
        private int value;
        private boolean closed;

        @Override
        public synchronized int next() {
            return ++value;
        }

        @Override
        public synchronized int add(int amount) throws IOException {
            if (amount < 0) {
                throw new IllegalArgumentException("amount must not be negative: amount=" + amount);
            }
            if (amount == 13) {
                throw new IOException("unlucky");
            }
            if (amount == 14) {
                throw new Stranger();
            }
            value += amount;
            return value;
        }

        @Override
        public Iterator<Integer> squares(int count) {
            List<Integer> squares = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                squares.add(i * i);
            }
            return squares.iterator();
        }

        @Override
        public List<Integer> numbers() {
            return List.of(1, 2, 3);
        }

        @Override
        public Object unknown() {
            return new Object();
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
            Thread.sleep(millis);
        }

        @Override
        public Counter twin() {
            return this;
        }
    }

    /** An exception that cannot be serialized. */
    static final class Stranger extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // on purpose
        private final Object notSerializable = new Object();

        Stranger() {
            super("strange");
        }
    }

    static ManagerOptions options() {
        return ManagerOptions.standard().register(Counter.class, CounterImpl::new);
    }

    static RemoteSupplier<Counter> factory() {
        return CounterImpl::new;
    }

    /** M04 */
    @Test
    void map_contract() {
        ManagedMap<Integer, String> map = manager().map();
        for (int i = 69; i >= 65; i--) {
            assertNull(map.put(i, "v" + i));
        }
        assertEquals(List.of(69, 68, 67, 66, 65), new ArrayList<>(map.keySet()), "in the order in which they came");
        assertEquals(List.of("v69", "v68", "v67", "v66", "v65"), new ArrayList<>(map.values()));
        Map<Integer, String> expected = new HashMap<>();
        for (int i = 65; i <= 69; i++) {
            expected.put(i, "v" + i);
        }
        assertEquals(expected, map.copy());
        assertEquals(expected, map);
        assertEquals(expected.hashCode(), map.hashCode());
        assertEquals("v65", map.putIfAbsent(65, "x"));
        assertNull(map.putIfAbsent(1, "one"));
        assertTrue(map.replace(1, "one", "two"));
        assertFalse(map.replace(1, "one", "three"));
        assertEquals("two", map.replace(1, "four"));
        assertNull(map.replace(2, "x"));
        assertFalse(map.remove(1, "x"));
        assertTrue(map.remove(1, "four"));
        assertEquals("v66", map.remove(66));
        assertNull(map.remove(66));
        assertEquals("d", map.getOrDefault(66, "d"));
        assertTrue(map.containsKey(65) && !map.containsKey(66) && map.containsValue("v65"));
        assertEquals(4, map.size());
        Iterator<Map.Entry<Integer, String>> entries = map.entrySet().iterator();
        Map.Entry<Integer, String> first = entries.next();
        assertEquals("v69", first.setValue("changed"));
        assertEquals("changed", map.get(69));
        map.clear();
        assertTrue(entries.hasNext(), "an iterator is a snapshot");
        map.putAll(Map.of(7, "seven"));
        map.put(8, "eight");
        assertEquals(Map.entry(8, "eight"), map.pollLastEntry());
        Iterator<Integer> keys = map.keySet().iterator();
        keys.next();
        keys.remove();
        assertTrue(map.isEmpty());
        assertNull(map.pollLastEntry());
        assertThrows(NullPointerException.class, () -> map.put(1, null));
        assertThrows(NullPointerException.class, () -> map.get(null));
    }

    @Test
    void map_functions_runInOneStep() throws Exception {
        ManagedMap<String, Integer> map = manager().map();
        assertEquals(1, map.merge("a", 1, Integer::sum));
        assertEquals(3, map.merge("a", 2, Integer::sum));
        assertEquals(30, map.compute("a", (key, value) -> value == null ? 0 : value * 10));
        assertEquals(7, map.computeIfAbsent("b", key -> 7));
        assertEquals(7, map.computeIfAbsent("b", key -> 8));
        assertNull(map.computeIfAbsent("c", key -> null));
        assertEquals(8, map.computeIfPresent("b", (key, value) -> value + 1));
        assertNull(map.computeIfPresent("c", (key, value) -> 1));
        assertNull(map.compute("b", (key, value) -> null));
        map.replaceAll((key, value) -> value + 1);
        assertEquals(Map.of("a", 31), map.copy());
        assertThrows(
                ArithmeticException.class,
                () -> map.compute("a", (key, value) -> Math.addExact(value, Integer.MAX_VALUE)));
        assertEquals(31, map.get("a"));
        // One that does not travel runs here.
        Object here = new Object();
        BiFunction<String, Integer, Integer> local = (key, value) -> here == null ? 0 : value + 1;
        assertEquals(32, map.compute("a", local));
        AtomicInteger seen = new AtomicInteger();
        map.forEach((key, value) -> seen.addAndGet(value));
        assertEquals(32, seen.get());
        List<CompletableFuture<Void>> racers = new ArrayList<>();
        for (int racer = 0; racer < 4; racer++) {
            racers.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 500; i++) {
                    map.merge("sum", 1, Integer::sum);
                    map.merge("here", 1, (BiFunction<Integer, Integer, Integer>) (a, b) -> here == null ? 0 : a + b);
                }
            }));
        }
        for (CompletableFuture<Void> racer : racers) {
            racer.get(30, TimeUnit.SECONDS);
        }
        assertEquals(2000, map.get("sum"));
        assertEquals(2000, map.get("here"));
    }

    /** In the manager's own process an object may be one and the same, which the JDK prints in words of its own. */
    private static String text(Object value) {
        return value.toString().replace("(this Map)", "(this map)").replace("(this Collection)", "(this list)");
    }

    @Test
    void toString_objectsInsideOfThemselves_ends() {
        ManagedMap<String, Object> map = manager().map();
        ManagedList<Object> list = manager().list();
        ManagedValue<Object> value = manager().value("");
        Namespace namespace = manager().namespace();
        map.put("self", map);
        map.put("list", list);
        list.add(1);
        list.add(list);
        list.add(map);
        list.add(List.of(2, list));
        value.set(value);
        namespace.set("n", namespace);

        assertEquals("{self=(this map), list=[1, (this list), (this map), [2, (this list)]]}", text(map));
        assertEquals("[1, (this list), {self=(this map), list=(this list)}, [2, (this list)]]", text(list));
        assertEquals("Value((this value))", value.toString());
        assertEquals("Namespace(n=(this namespace))", namespace.toString());
        ManagedList<Object> twice = manager().list();
        ManagedList<Object> inner = manager().list();
        twice.add(inner);
        twice.add(inner);
        assertEquals("[[], []]", twice.toString(), "twice, but not inside of itself");
    }

    /** X43, and Python's {@code d['l'].append(1)}. */
    @Test
    void nestedCollections_changes_areNotLost() {
        ManagedMap<String, List<Integer>> map = manager().map();
        map.put("l", new ArrayList<>(List.of(1)));
        map.get("l").add(2);
        assertEquals(List.of(1, 2), map.get("l"));
        map.compute("l", (key, list) -> {
            list.add(3);
            return list;
        });
        assertEquals(List.of(1, 2, 3), map.get("l"));
        map.computeIfAbsent("m", key -> new ArrayList<>()).add(9);
        assertEquals(List.of(9), map.get("m"));
        map.put("fixed", List.of(1));
        assertThrows(UnsupportedOperationException.class, () -> map.get("fixed").add(2));

        ManagedList<Object> list = manager().list();
        list.add(new HashMap<>(Map.of("k", new ArrayList<>(List.of("deep")))));
        @SuppressWarnings("unchecked")
        Map<String, List<String>> inner = (Map<String, List<String>>) list.get(0);
        inner.get("k").add("deeper");
        assertEquals(List.of(Map.of("k", List.of("deep", "deeper"))), list.copy());
        list.add(new HashSet<>(Set.of(1)));
        ((Set<?>) list.get(1)).clear();
        assertEquals(Set.of(), list.get(1));
        list.add(new TreeMap<>(Map.of(2, "b", 1, "a")));
        assertThrows(UnsupportedOperationException.class, () -> ((Map<?, ?>) list.get(2)).clear());
        assertEquals("{1=a, 2=b}", list.get(2).toString());
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> list.add(new ArrayDeque<>(List.of(1))));
        assertTrue(e.getMessage().contains("changes of it would be lost"), e.getMessage());
        assertEquals(3, list.size());

        ManagedValue<List<String>> value = manager().value(new ArrayList<>());
        value.get().add("kept");
        assertEquals(List.of("kept"), value.get());
        // Q18
        ManagedList<ManagedQueue<Integer>> queues =
                manager().list(List.of(manager().queue(), manager().queue()));
        queues.get(0).add(123);
        queues.get(1).add(456);
        assertEquals(123, queues.get(0).poll());
        assertEquals(456, queues.get(1).poll());
    }

    /** X43: objects of the manager are one and the same inside of each other, arrays among them. */
    @Test
    void nestedArrays_changes_areNotLost() {
        ManagedMap<String, ManagedArray<Integer>> map = manager().map();
        ManagedArray<Integer> array = manager().array(List.of(1, 2, 3));
        map.put("a", array);
        map.get("a").set(0, 10);
        array.set(1, 20);
        assertEquals(List.of(10, 20, 3), map.get("a").copy());
        assertEquals(3, map.get("a").length());
        map.computeIfPresent("a", (key, its) -> {
            its.set(2, 30); // in the manager
            return its;
        });
        assertEquals(List.of(10, 20, 30), array.copy());

        ManagedList<Map<String, ManagedArray<Integer>>> deep = manager().list();
        deep.add(new HashMap<>(Map.of("b", manager().array(2, 0))));
        deep.get(0).get("b").set(1, 7);
        assertEquals(List.of(0, 7), deep.get(0).get("b").copy());
        deep.get(0).put("a", array);
        deep.get(0).get("a").set(0, 11);
        assertEquals(11, map.get("a").get(0));
    }

    /** M01, M02 */
    @Test
    void list_contract() {
        ManagedList<Integer> a = manager().list(List.of(0, 1, 2, 3, 4));
        assertTrue(a.addAll(List.of(5, 6, 7, 8, 9)));
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), a);
        assertEquals(2, a.get(2));
        assertEquals(List.of(2, 3, 4), a.subList(2, 5));
        assertEquals(List.of(9, 0), List.of(a.remove(9), a.remove(0)));
        a.add(0, 100);
        assertEquals(100, a.set(0, 0));
        assertTrue(a.remove((Object) 8));
        assertFalse(a.remove((Object) 8));
        assertEquals(3, a.indexOf(3));
        assertEquals(-1, a.lastIndexOf(42));
        assertTrue(a.contains(7));
        a.reverse();
        a.sort((RemoteComparator<Integer>) Integer::compare);
        a.sort(Comparator.reverseOrder());
        assertEquals(List.of(7, 6, 5, 4, 3, 2, 1, 0), a.copy());
        a.sort((Comparator<Integer>) null);
        a.removeIf(value -> value > 4);
        a.replaceAll(value -> value * 2);
        assertEquals(List.of(0, 2, 4, 6, 8), a);
        assertEquals(9, a.update(4, value -> value + 1));
        a.removeAll(List.of(2));
        a.retainAll(List.of(0, 4, 6));
        assertEquals("[0, 4, 6]", a.toString());
        assertEquals(3, a.stream().count());
        a.addAll(1, List.of(1, 2));
        a.subList(1, 3).clear();
        assertEquals(List.of(0, 4, 6), List.of(a.toArray()));
        assertThrows(IndexOutOfBoundsException.class, () -> a.get(3));
        assertThrows(IndexOutOfBoundsException.class, () -> a.remove(-1));

        Iterator<Integer> live = a.iterator();
        assertEquals(0, live.next());
        a.set(1, 44);
        assertEquals(44, live.next());
        live.remove();
        assertEquals(6, live.next());
        assertFalse(live.hasNext());
        a.add(5);
        assertFalse(live.hasNext(), "exhausted stays exhausted");
        assertThrows(NoSuchElementException.class, live::next);

        ManagedList<ManagedList<Integer>> lists = manager().list(List.of(a, a));
        lists.get(0).add(77);
        assertTrue(lists.get(1).contains(77));
        assertTrue(a.contains(77));
        assertEquals(a, lists.get(0));
        a.clear();
        assertTrue(a.isEmpty());
        a.add(null);
        assertEquals(Arrays.asList((Object) null), a.copy());
    }

    @Test
    void set_contract() {
        Set<String> set = manager().set();
        assertTrue(set.add("a"));
        assertFalse(set.add("a"));
        assertTrue(set.addAll(List.of("b", "c")));
        assertFalse(set.addAll(List.of("b", "c")));
        assertEquals(Set.of("a", "b", "c"), set);
        assertTrue(set.remove("a"));
        assertFalse(set.remove("a"));
        Iterator<String> iterator = set.iterator();
        assertEquals("b", iterator.next());
        iterator.remove();
        assertEquals(Set.of("c"), set);
        set.clear();
        assertFalse(set.contains("c"));
    }

    /** M06 */
    @Test
    void namespace_contract() {
        Namespace n = manager().namespace();
        n.set("name", "Bob");
        n.set("job", "Builder");
        n.set("_hidden", "hidden");
        assertEquals("Builder", n.get("job", String.class));
        assertTrue(n.delete("job"));
        assertFalse(n.delete("job"));
        assertFalse(n.has("job"));
        NoSuchElementException e = assertThrows(NoSuchElementException.class, () -> n.get("job"));
        assertEquals("Namespace(name='Bob') has no attribute \"job\"", e.getMessage());
        assertEquals("Namespace(name='Bob')", n.toString());
        assertEquals(Map.of("name", "Bob"), n.attributes());
        assertEquals(1, n.update("count", old -> old == null ? 1 : (Integer) old + 1));
    }

    /** V01 to V06 as far as a manager has them. */
    @Test
    void valuesAndArrays_contract() {
        for (Object[] pair : new Object[][] {
            {4343, 24234}, {3.625, -4.25}, {(short) -232, (short) 234}, {1L << 33, 1L << 34}, {(byte) 'x', (byte) 'y'}
        }) {
            ManagedValue<Object> value = manager().value(pair[0]);
            assertEquals(pair[0], value.get());
            value.set(pair[1]);
            assertEquals(pair[1], value.get());
            assertEquals("Value(" + pair[1] + ")", value.toString());
            assertTrue(value.compareAndSet(pair[1], pair[0]));
            assertFalse(value.compareAndSet(pair[1], pair[0]));
            assertEquals(pair[0], value.getAndSet(pair[1]));
        }
        ManagedValue<Integer> sum = manager().value(0);
        assertEquals(5, sum.update(value -> value + 5));
        sum.set(null);
        assertNull(sum.get());

        List<Integer> numbers = List.of(680, 626, 934, 821, 150, 233, 548, 982, 714, 831);
        ManagedArray<Integer> array = manager().array(numbers);
        assertEquals(10, array.length());
        assertEquals(821, array.get(3));
        assertEquals(numbers.subList(2, 7), array.slice(2, 7));
        array.setSlice(4, List.of(1, 2, 3, 4));
        assertEquals(List.of(680, 626, 934, 821, 1, 2, 3, 4, 714, 831), array.copy());
        assertThrows(IndexOutOfBoundsException.class, () -> array.setSlice(8, List.of(1, 2, 3)));
        assertThrows(IndexOutOfBoundsException.class, () -> array.set(10, 1));
        assertEquals(2, array.update(4, value -> value + 1));
        assertTrue(array.compareAndSet(4, 2, 1));
        assertEquals(10, manager().array(10, 0).length());
        int total = 0;
        for (int each : array) {
            total += each;
        }
        assertEquals(4616, total);
    }

    /** Q01, Q02, Q05, Q07, Q08, Q16, Q17 through the manager; X15. */
    @Test
    void queue_contract() throws Exception {
        ManagedQueue<Object> queue = manager().queue(6);
        assertTrue(queue.isEmpty());
        queue.put(1);
        assertTrue(queue.offer(2));
        assertTrue(queue.offer(3, 1, TimeUnit.SECONDS));
        assertTrue(queue.add(4));
        assertEquals(4, queue.size());
        assertEquals(2, queue.remainingCapacity());
        queue.put(new ArrayList<>(List.of(5)));
        queue.put(6);
        assertFalse(queue.offer(7));
        assertThrows(IllegalStateException.class, () -> queue.add(7));
        assertElapsed(350, () -> assertFalse(queue.offer(7, 350, TimeUnit.MILLISECONDS)));
        assertEquals(1, queue.peek());
        assertEquals(List.of(1, 2), List.of(queue.take(), queue.poll()));
        assertEquals(3, queue.poll(1, TimeUnit.SECONDS));
        assertTrue(queue.contains(6));
        assertTrue(queue.remove(6));
        assertEquals(4, queue.element());
        List<Object> drained = new ArrayList<>();
        assertEquals(2, queue.drainTo(drained));
        @SuppressWarnings("unchecked")
        List<Integer> handedOver = (List<Integer>) drained.get(1);
        handedOver.add(6);
        assertEquals(List.of(4, List.of(5, 6)), drained);
        assertNull(queue.poll());
        assertThrows(NoSuchElementException.class, queue::remove);
        assertElapsed(350, () -> assertNull(queue.poll(350, TimeUnit.MILLISECONDS)));
        assertNull(queue.poll(-1, TimeUnit.SECONDS));
        assertThrows(EncodingException.class, () -> refuseLocal(queue));
        assertEquals(0, queue.size());

        ManagedQueue<Integer> tasks = manager().queue();
        tasks.put(1);
        tasks.put(2);
        assertFalse(tasks.join(Duration.ofMillis(20)));
        CompletableFuture<Void> joined = CompletableFuture.runAsync(() -> {
            try {
                tasks.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        for (int i = 0; i < 2; i++) {
            assertFalse(joined.isDone());
            tasks.take();
            tasks.taskDone();
        }
        joined.get(30, TimeUnit.SECONDS);
        IllegalStateException e = assertThrows(IllegalStateException.class, tasks::taskDone);
        assertTrue(e.getMessage().contains("called too many times"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> manager().queue(0));
    }

    /** Where the manager is in this process nothing is encoded. */
    private void refuseLocal(ManagedQueue<Object> queue) throws InterruptedException {
        if (Ref.of(queue) instanceof LocalRef) {
            throw new EncodingException("not encoded", new IOException());
        }
        queue.put(new Object());
    }

    private interface Body {
        void run() throws Exception;
    }

    private static void assertElapsed(long millis, Body body) throws Exception {
        long start = System.nanoTime();
        body.run();
        long elapsed = (System.nanoTime() - start) / 1_000_000;
        assertTrue(elapsed >= millis && elapsed < 10 * millis, elapsed + " ms");
    }

    /** Blocking calls do not block others; a consumer that waits is woken. */
    @Test
    void take_waiting_leavesOthersAlone() throws Exception {
        ManagedQueue<String> queue = manager().queue();
        List<CompletableFuture<String>> takers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            takers.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return queue.take();
                        } catch (InterruptedException e) {
                            return "interrupted";
                        }
                    },
                    task -> new Thread(task).start()));
        }
        ManagedMap<Integer, Integer> map = manager().map();
        for (int i = 0; i < 100; i++) {
            map.put(i, i);
        }
        for (int i = 0; i < 5; i++) {
            queue.put("item");
        }
        for (CompletableFuture<String> taker : takers) {
            assertEquals("item", taker.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void take_interrupted_endsInTheServerToo() throws Exception {
        ManagedQueue<String> queue = manager().queue();
        Thread taker = new Thread(() -> assertThrows(InterruptedException.class, queue::take));
        List<Throwable> failures = new ArrayList<>();
        taker.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        taker.start();
        Thread.sleep(100);
        long start = System.nanoTime();
        taker.interrupt();
        taker.join(10_000);
        assertFalse(taker.isAlive());
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
        assertEquals(List.of(), failures);
        queue.put("for the next one");
        assertEquals("for the next one", queue.poll(), "nobody waits for it any more");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> queue.poll(1, TimeUnit.SECONDS));
        Thread.currentThread().interrupt();
        assertNull(queue.poll());
        assertTrue(Thread.interrupted(), "what does not wait keeps the interrupt");
    }

    /** M07 */
    @Test
    void ownType_contract() throws Exception {
        Counter counter = manager().create(Counter.class);
        assertEquals(1, counter.next());
        assertEquals(6, counter.add(5));
        Counter made = manager().create(Counter.class, CounterImpl::new);
        assertEquals(1, made.next());
        assertNotEquals(counter, made);
        List<Integer> squares = new ArrayList<>();
        counter.squares(10).forEachRemaining(squares::add);
        assertEquals(List.of(0, 1, 4, 9, 16, 25, 36, 49, 64, 81), squares);
        assertEquals(List.of(1, 2, 3), counter.numbers());
        Counter twin = counter.twin();
        assertEquals(7, twin.next());
        assertEquals(8, counter.next());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> counter.add(-1));
        assertEquals("amount must not be negative: amount=-1", e.getMessage());
        assertEquals(
                "unlucky",
                assertThrows(IOException.class, () -> counter.add(13)).getMessage());
        Counter named = manager().open(Counter.class, "visits" + System.nanoTime());
        assertEquals(1, named.next());
        assertThrows(IllegalArgumentException.class, () -> manager().create(Runnable.class));
        assertTrue(counter.toString().startsWith("proxy for Counter "));
        assertEquals(counter.hashCode(), counter.hashCode());
    }

    @Test
    void names_leadToOneObject() {
        String name = "config " + System.nanoTime();
        ManagedMap<String, String> map = manager().map(name);
        map.put("k", "v");
        assertEquals("v", manager().<String, String>map(name).get("k"));
        assertTrue(manager().names().contains(name));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> manager().list(name));
        assertEquals("the object \"" + name + "\" is a map, not a list", e.getMessage());
        assertTrue(
                manager().dump().contains("map \"" + name + "\": 1 entries"),
                manager().dump());
        assertTrue(manager().forget(name));
        assertFalse(manager().forget(name));
        assertEquals("v", map.get("k"), "who has a proxy keeps it");
        assertTrue(manager().<String, String>map(name).isEmpty());
        manager().forget(name);
    }

    /** A value that says that it travelled. */
    record Point(int x, int y) implements Serializable {}

    @Test
    void values_ofOwnClasses_areCopies() {
        ManagedMap<Point, Point[]> map = manager().map();
        map.put(new Point(1, 2), new Point[] {new Point(3, 4)});
        assertEquals(new Point(3, 4), map.get(new Point(1, 2))[0]);
        byte[] bytes = new byte[1 << 20];
        bytes[77] = 7;
        ManagedMap<String, byte[]> large = manager().map();
        large.put("bytes", bytes);
        assertEquals(7, large.get("bytes")[77]);
        assertSame(Point.class, map.keySet().iterator().next().getClass());
    }

    static void assertGone(ObjectGoneException e) {
        assertTrue(e.getMessage().contains("is gone"), e.getMessage());
    }
}

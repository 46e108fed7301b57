package dev.procession.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildTuning;
import dev.procession.testing.Eventually;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One function for many items, on one pool of four for all tests: each finds it as the others have left it. */
@Timeout(60)
class PoolMapIT {
    private static ProcessPool pool;

    @BeforeAll
    static void open() {
        pool = ProcessPool.open(PoolOptions.builder()
                .name("map")
                .workers(4)
                .worker(ChildOptions.builder().tuning(ChildTuning.BRIEF).build())
                .build());
    }

    @AfterAll
    static void close() throws InterruptedException {
        try (ProcessPool closing = pool) {
            // After a single short test some of them are still booting.
            Eventually.holds(() -> closing.workerPids().size() == 4, closing::toString);
        }
        assertTrue(pool.isTerminated());
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toList());
    }

    private static List<Integer> squares(int count) {
        return numbers(count).stream().map(x -> x * x).collect(Collectors.toList());
    }

    private static int square(int x) {
        return x * x;
    }

    @Test
    @Tag("PL01")
    void apply_functionAndArgument_givesTheResult() throws Exception {
        assertEquals(25, pool.apply(PoolMapIT::square, 5));
        int x = 3;
        assertEquals(9, pool.apply(() -> square(x)));
        assertNull(pool.apply(() -> null));
    }

    @Test
    @Tag("PL02")
    void map_chunksOfAnySize_keepTheOrder() throws Exception {
        assertEquals(squares(10), pool.map(PoolMapIT::square, numbers(10)));
        assertEquals(squares(100), pool.map(PoolMapIT::square, numbers(100), 20));
        assertEquals(squares(1000), pool.map(PoolMapIT::square, numbers(1000), 1));
        assertEquals(squares(100_000), pool.map(PoolMapIT::square, numbers(100_000)));
        assertEquals(squares(7), pool.map(PoolMapIT::square, numbers(7), 100));
    }

    @Test
    void map_valuesOfEveryKind_comeBackEqual() throws Exception {
        List<Object> values = new ArrayList<>(Stream.of(
                        1,
                        -1L,
                        2.5,
                        Double.NaN,
                        true,
                        "text",
                        "Це не латиниця",
                        "lone \ud800 surrogate",
                        "",
                        'c',
                        1.5f,
                        List.of("a", 2),
                        Map.of("k", 1),
                        Duration.ofSeconds(3))
                .toList());
        values.add(null);
        assertEquals(values, pool.map(x -> x, values));
        assertEquals(values, pool.map(x -> x, values, 1));
        for (Object value : values) {
            List<Object> alike = Collections.nCopies(5, value);
            assertEquals(alike, pool.map(x -> x, alike, 5));
        }
        byte[] bytes = {1, 2, 3};
        assertEquals(
                6, pool.map(b -> b[0] + b[1] + b[2], List.of(bytes, bytes), 2).get(1));
        byte[] back = pool.map(b -> b, List.of(bytes), 1).get(0);
        assertEquals(3, back.length);
    }

    @Test
    @Tag("PL03")
    void starmap_pairs_areTheTwoArguments() throws Exception {
        List<Map.Entry<Integer, Integer>> ten = new ArrayList<>();
        List<Integer> products = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ten.add(Map.entry(i, 9 - i));
            products.add(i * (9 - i));
        }
        assertEquals(products, pool.starmap((a, b) -> a * b, ten));
        assertEquals(
                products,
                pool.<Integer, Integer, Integer>starmapAsync((a, b) -> a * b, ten)
                        .get());
        List<Map.Entry<Integer, Integer>> hundred = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            hundred.add(Map.entry(i, i));
        }
        assertEquals(squares(100), pool.starmap((a, b) -> a * b, hundred, 20));
    }

    @Test
    @Tag("PL04")
    void mapAsync_get_givesTheResults() throws Exception {
        assertEquals(squares(50), pool.mapAsync(PoolMapIT::square, numbers(50)).get());
        assertEquals(
                squares(50), pool.mapAsync(PoolMapIT::square, numbers(50), 7).get());
    }

    @Test
    @Tag("PL05")
    @Tag("PL22")
    void mapAsync_callbacks_oneIsCalledOnce() throws Exception {
        BlockingQueue<Object> called = new LinkedBlockingQueue<>();
        PoolFuture<?> good = pool.mapAsync(Integer::parseInt, List.of("1"), called::add, called::add);
        assertEquals(List.of(1), called.poll(30, TimeUnit.SECONDS));
        assertEquals(List.of(1), good.get());

        PoolFuture<List<Integer>> bad = pool.mapAsync(Integer::parseInt, List.of("a"), called::add, called::add);
        Object error = called.poll(30, TimeUnit.SECONDS);
        assertInstanceOf(NumberFormatException.class, error);
        ExecutionException e = assertThrows(ExecutionException.class, bad::get);
        assertSame(e.getCause(), error);

        PoolFuture<Integer> single = pool.applyAsync(() -> 7, called::add, called::add);
        assertEquals(7, called.poll(30, TimeUnit.SECONDS));
        assertEquals(7, single.get());
        assertNull(called.poll(100, TimeUnit.MILLISECONDS));
    }

    @Test
    void callback_thatUsesThePool_isNotStuck() throws Exception {
        BlockingQueue<Object> called = new LinkedBlockingQueue<>();
        for (int i = 0; i < 8; i++) {
            PoolFuture<Integer> unused = pool.applyAsync(
                    () -> 1,
                    one -> {
                        try {
                            called.add(pool.apply(PoolMapIT::square, 6));
                        } catch (Exception e) {
                            called.add(e);
                        }
                    },
                    called::add);
        }
        for (int i = 0; i < 8; i++) {
            assertEquals(36, called.poll(30, TimeUnit.SECONDS));
        }
    }

    @Test
    @Tag("PL06")
    void map_itemOrFunctionThatCannotBeSerialized_isRefusedAndNamed() throws Exception {
        List<Object> items = List.of("a", "b", new Object(), "d");
        for (int chunk : new int[] {1, 4}) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> pool.map(x -> x, items, chunk));
            assertEquals("item 2 of map(lambda of PoolMapIT) cannot be serialized: java.lang.Object", e.getMessage());
        }
        Object stubborn = new Object();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> pool.map(x -> stubborn.hashCode(), items));
        assertTrue(
                e.getMessage().startsWith("function lambda of PoolMapIT of map cannot be serialized: "),
                e.getMessage());
        List<String> got = new ArrayList<>();
        try (Results<Object> results = pool.imap(x -> x, items, 4, 4)) {
            while (results.hasNext()) {
                try {
                    got.add((String) results.next());
                } catch (IllegalArgumentException refused) {
                    got.add("refused");
                }
            }
        }
        assertEquals(List.of("a", "b", "refused", "d"), got);
    }

    @Test
    @Tag("PL07")
    void map_nothing_givesNothing() throws Exception {
        List<Integer> none = List.of();
        assertEquals(none, pool.map(PoolMapIT::square, none));
        assertEquals(none, pool.mapAsync(PoolMapIT::square, none, 1).get(8200, TimeUnit.MILLISECONDS));
        assertFalse(pool.imap(PoolMapIT::square, none).hasNext());
        assertFalse(pool.imapUnordered(PoolMapIT::square, none).hasNext());
    }

    @Test
    @Tag("PL08")
    void map_inputThrows_callerGetsThat() throws Exception {
        for (int at : new int[] {0, 3}) {
            for (Iterable<Integer> input : List.of(failingAt(at), collectionFailingAt(at))) {
                for (int round = 0; round < 2; round++) {
                    IllegalStateException e =
                            assertThrows(IllegalStateException.class, () -> pool.map(PoolMapIT::square, input));
                    assertEquals("input at " + at, e.getMessage());
                    assertNull(e.getCause());
                }
            }
        }
        assertEquals(1, pool.apply(() -> 1));
    }

    private static Iterable<Integer> failingAt(int at) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                if (next == at) {
                    throw new IllegalStateException("input at " + at);
                }
                return next++;
            }
        };
    }

    private static Iterable<Integer> collectionFailingAt(int at) {
        return new AbstractCollection<>() {
            @Override
            public Iterator<Integer> iterator() {
                return failingAt(at).iterator();
            }

            @Override
            public int size() {
                return 10;
            }
        };
    }

    @Test
    @Tag("PL09")
    void applyAsync_slowTask_resultComesWhenItIsDone() throws Exception {
        long begin = System.nanoTime();
        PoolFuture<Integer> result = pool.applyAsync(() -> {
            Thread.sleep(820);
            return square(7);
        });
        assertEquals(49, result.get(30, TimeUnit.SECONDS));
        assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(820));
    }

    @Test
    void submit_null_isRefusedByTheCall() {
        NullPointerException task =
                assertThrows(NullPointerException.class, () -> pool.submit((PoolTask<Integer>) null));
        assertEquals("a pool takes no null as a task", task.getMessage());
        NullPointerException function = assertThrows(
                NullPointerException.class, () -> pool.map((PoolFunction<Integer, Integer>) null, numbers(3)));
        assertEquals("a pool takes no null as a function", function.getMessage());
    }

    @Test
    @Tag("PL10")
    void get_limitedTime_isOver() throws Exception {
        PoolFuture<Integer> result = pool.applyAsync(() -> {
            Thread.sleep(1500);
            return 1;
        });
        long begin = System.nanoTime();
        assertThrows(TimeoutException.class, () -> result.get(350, TimeUnit.MILLISECONDS));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertTrue(millis >= 350, "after " + millis + " ms");
        assertEquals(1, result.get(30, TimeUnit.SECONDS));
    }

    @Test
    @Tag("PL11")
    void imap_results_areInOrderAndEnd() throws Exception {
        try (Results<Integer> results = pool.imap(PoolMapIT::square, numbers(10))) {
            for (int i = 0; i < 10; i++) {
                assertEquals(i * i, results.next());
            }
            assertThrows(NoSuchElementException.class, results::next);
            assertThrows(NoSuchElementException.class, results::next);
        }
        assertEquals(squares(1000), all(pool.imap(PoolMapIT::square, numbers(1000), 100, 400)));
        assertEquals(squares(20_000), all(pool.imap(PoolMapIT::square, numbers(20_000))));
    }

    private static <R> List<R> all(Results<R> results) {
        List<R> all = new ArrayList<>();
        results.forEachRemaining(all::add);
        return all;
    }

    @Test
    @Tag("PL13")
    void imapUnordered_results_areComplete() {
        List<Integer> got = all(pool.imapUnordered(PoolMapIT::square, numbers(1000), 100, 1000));
        Collections.sort(got);
        assertEquals(squares(1000), got);
    }

    @Test
    @Tag("PL13")
    void imap_inputThrows_comesAfterTheResults() {
        for (boolean ordered : new boolean[] {true, false}) {
            Results<Integer> results = ordered
                    ? pool.imap(PoolMapIT::square, failingAt(10))
                    : pool.imapUnordered(PoolMapIT::square, failingAt(10));
            List<Integer> got = new ArrayList<>();
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> {
                while (true) {
                    got.add(results.next());
                }
            });
            assertEquals("input at 10", e.getMessage());
            Collections.sort(got);
            assertEquals(squares(10), got);
            assertFalse(results.hasNext());
        }
    }

    @Test
    void imap_itemThrows_theOthersStillCome() {
        List<Object> got = new ArrayList<>();
        try (Results<Integer> results = pool.imap(x -> 12 / x, List.of(1, 0, 3, 0, 2), 5, 5)) {
            while (results.hasNext()) {
                try {
                    got.add(results.next());
                } catch (CompletionException e) {
                    got.add(e.getCause().getClass());
                }
            }
        }
        assertEquals(List.of(12, ArithmeticException.class, 4, ArithmeticException.class, 6), got);
    }

    @Test
    void imap_nobodyTakesResults_inputIsReadNoFurtherThanTheWindow() throws Exception {
        AtomicInteger read = new AtomicInteger();
        Iterable<Integer> endless = () -> Stream.generate(read::incrementAndGet).iterator();
        try (Results<Integer> results = pool.imap(PoolMapIT::square, endless, 2, 6)) {
            assertEquals(1, results.next());
            assertEquals(4, results.next());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (read.get() < 8 && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
            Thread.sleep(100);
            assertEquals(8, read.get());
        }
        assertEquals(8, read.get());
    }

    @Test
    void imap_inputBlocks_whatIsReadyIsGivenOut() throws Exception {
        BlockingQueue<Integer> source = new LinkedBlockingQueue<>();
        CountDownLatch end = new CountDownLatch(1);
        Iterable<Integer> slow = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return end.getCount() > 0;
            }

            @Override
            public Integer next() {
                try {
                    return source.take();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        try (Results<Integer> results = pool.imap(PoolMapIT::square, slow)) {
            source.add(3);
            assertEquals(9, results.next(Duration.ofSeconds(30)));
            assertThrows(TimeoutException.class, () -> results.next(Duration.ofMillis(50)));
            end.countDown();
            source.add(4);
            assertEquals(16, results.next(Duration.ofSeconds(30)));
            assertFalse(results.hasNext());
        }
    }

    @Test
    @Tag("PL17")
    void map_itemThrows_sameExceptionWithTheWorkersStack() {
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> pool.map(PoolMapIT::failing, numbers(10), 3));
        IllegalStateException cause = assertInstanceOf(IllegalStateException.class, e.getCause());
        assertEquals("123", cause.getMessage());
        assertEquals("failing", cause.getStackTrace()[0].getMethodName());
    }

    private static int failing(int x) {
        if (x == 7) {
            throw new IllegalStateException("123");
        }
        return x;
    }

    @Test
    void map_firstFailure_endsItAndWhatHasNotBegunNeverDoes() throws Exception {
        List<Integer> items = numbers(20_000);
        long begin = System.nanoTime();
        assertThrows(
                ExecutionException.class,
                () -> pool.map(
                        x -> {
                            if (x == 5) {
                                throw new IllegalStateException("five");
                            }
                            Thread.sleep(10);
                            return x;
                        },
                        items,
                        1));
        assertTrue(
                System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(20), "20,000 items of 10 ms were not waited for");
        assertEquals(1, pool.submit(() -> 1).get(10, TimeUnit.SECONDS));
    }

    @Test
    @Tag("PL20")
    void map_done_keepsNothingHereAndInTheWorkers() throws Exception {
        List<WeakReference<Object>> seen = new ArrayList<>();
        submitTracked(seen);
        awaitCleared(seen);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        int kept = 1;
        while (kept > 0 && System.nanoTime() < deadline) {
            kept = pool.map(x -> Tracked.kept(), numbers(16), 1).stream()
                    .mapToInt(x -> x)
                    .sum();
        }
        assertEquals(0, kept);
    }

    private static void submitTracked(List<WeakReference<Object>> seen) throws Exception {
        List<Tracked> items = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Tracked item = new Tracked();
            items.add(item);
            seen.add(new WeakReference<>(item));
        }
        List<Tracked> results = pool.map(x -> x, items);
        results.forEach(result -> seen.add(new WeakReference<>(result)));
    }

    private static void awaitCleared(List<WeakReference<Object>> references) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (references.stream().anyMatch(reference -> reference.get() != null)) {
            assertTrue(System.nanoTime() < deadline, "something of a finished call is kept");
            System.gc();
            Thread.sleep(10);
        }
    }

    /** Counts its copies, in whichever process they are. */
    private static final class Tracked implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final List<WeakReference<Tracked>> COPIES = new ArrayList<>();

        private void readObject(ObjectInputStream in) {
            synchronized (COPIES) {
                COPIES.add(new WeakReference<>(this));
            }
        }

        static int kept() {
            System.gc();
            synchronized (COPIES) {
                return (int) COPIES.stream().filter(copy -> copy.get() != null).count();
            }
        }
    }

    @Test
    @Tag("PL23")
    void map_resultThatCannotBeSerialized_isReportedAndNoWorkerIsLost() throws Exception {
        List<Long> before = pool.workerPids();
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> pool.map(x -> x == 2 ? new Stubborn() : x, numbers(4), 4));
        assertEquals(
                Stubborn.class.getName() + ", in the result a stubborn value",
                e.getCause().getMessage());
        assertEquals(before, pool.workerPids());
    }

    private static final class Stubborn {
        @Override
        public String toString() {
            return "a stubborn value";
        }
    }

    @Test
    void function_withState_travelsOncePerWorker() throws Exception {
        Counting function = new Counting();
        List<String> copies = pool.map(function, numbers(500), 1);
        assertTrue(copies.stream().distinct().count() <= 4, copies.toString());
    }

    /** Tells which copy of itself it is. */
    private static final class Counting implements PoolFunction<Integer, String> {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger COPIES = new AtomicInteger();
        private transient int copy;

        private void readObject(ObjectInputStream in) {
            copy = COPIES.incrementAndGet();
        }

        @Override
        public String apply(Integer item) {
            return ProcessHandle.current().pid() + "-" + copy;
        }
    }

    @Test
    void broadcast_manyTasks_travelsOncePerWorkerAndIsForgotten() throws Exception {
        try (Broadcast<Dictionary> words = pool.broadcast(new Dictionary())) {
            assertEquals(0, words.value().copy);
            List<String> copies = pool.map(x -> words.value().name(), numbers(200), 1);
            assertTrue(copies.stream().distinct().count() <= 4, copies.toString());
            assertTrue(copies.stream().allMatch(copy -> copy.endsWith("-1")), copies.toString());
            // In an item, in a task, and back again.
            assertEquals(1, pool.apply(() -> words.value().copy));
            assertEquals(List.of(1, 1), pool.map(w -> w.value().copy, List.of(words, words), 2));
            assertSame(words, pool.apply(() -> words));
            try (ProcessPool other =
                    ProcessPool.open(PoolOptions.builder().workers(1).build())) {
                IllegalArgumentException e =
                        assertThrows(IllegalArgumentException.class, () -> other.apply(() -> words.value().copy));
                assertTrue(e.getMessage().contains("belongs to another pool than pool \"pool\""), e.getMessage());
            }
        }
        Broadcast<String> closed = pool.broadcast("text");
        closed.close();
        assertThrows(IllegalStateException.class, closed::value);
        assertThrows(IllegalArgumentException.class, () -> pool.apply(() -> closed.value()));
    }

    private static final class Dictionary implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger COPIES = new AtomicInteger();
        private transient int copy;

        private void readObject(ObjectInputStream in) {
            copy = COPIES.incrementAndGet();
        }

        String name() {
            return ProcessHandle.current().pid() + "-" + copy;
        }
    }

    @Test
    void tasks_sentAheadBehindALongOne_goToOthers() throws Exception {
        // Short ones, so that tasks are sent ahead.
        pool.map(PoolMapIT::square, numbers(2000), 1);
        for (int i = 0; i < 500; i++) {
            pool.apply(() -> 1);
        }
        List<PoolFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean slow = i == 20;
            all.add(pool.submit(() -> {
                if (slow) {
                    Thread.sleep(2000);
                }
                return slow ? 1 : 0;
            }));
        }
        PoolFuture<Integer> slow = all.remove(20);
        for (PoolFuture<Integer> quick : all) {
            assertEquals(0, quick.get(20, TimeUnit.SECONDS));
        }
        assertFalse(slow.isDone());
        assertEquals(1, slow.get(20, TimeUnit.SECONDS));
    }

    @Test
    void invokeAllAndAny_areThoseOfAnExecutor() throws Exception {
        List<PoolTask<Integer>> tasks = List.of(() -> 1, () -> 2, () -> {
            throw new IllegalStateException("three");
        });
        List<java.util.concurrent.Future<Integer>> all = pool.invokeAll(tasks);
        assertEquals(1, all.get(0).get());
        assertEquals(2, all.get(1).get());
        assertThrows(ExecutionException.class, () -> all.get(2).get());
        assertTrue(List.of(1, 2).contains(pool.invokeAny(tasks)));
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> pool.invokeAny(List.of(tasks.get(2), tasks.get(2))));
        assertEquals("three", e.getCause().getMessage());
        assertEquals(
                "value",
                pool.submit((Runnable & Serializable) () -> {}, "value").get(20, TimeUnit.SECONDS));
        assertNull(pool.submit(() -> {}).get(20, TimeUnit.SECONDS));
        CompletableFuture<Integer> chained = pool.submit(() -> 20).thenApply(x -> x + 1);
        assertEquals(21, chained.get(20, TimeUnit.SECONDS));
    }
}

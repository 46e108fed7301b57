package dev.procession.pool;

import dev.procession.internal.child.Preparation;
import dev.procession.internal.wire.ObjectCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of child processes that work through tasks: an {@link ExecutorService} whose threads are processes, and what
 * Python's {@code multiprocessing.Pool} offers besides.
 *
 * <pre>{@code
 * try (ProcessPool pool = ProcessPool.open(PoolOptions.builder().workers(2).build())) {
 *     pool.submit(() -> 1 + 2).get();            // 3, computed in another process
 *     pool.map(x -> x * x, List.of(1, 2, 3));    // [1, 4, 9]
 * }
 * }</pre>
 *
 * <p>Tasks, functions, items and results are serialized. Tasks are started in the order in which they were submitted. Workers
 * boot side by side, and the first task begins as soon as the first of them is up. Short tasks are sent ahead to workers that are
 * busy; when the one before them takes long, they are taken back and go to whoever is free.
 *
 * <p><b>Exceptions.</b> What a task throws, of whatever kind, reaches the caller: of the same class and with the worker's stack,
 * or as {@link RemoteTaskException} where that cannot be brought here; as in java.util.concurrent it is the cause of an
 * {@link ExecutionException}. In {@code map} the first failure is the result of the whole call at once: items that have not begun
 * never do, and what runs at that moment is finished and dropped.
 *
 * <p><b>Death.</b> When a worker dies, the task that it ran fails with {@link WorkerDiedException}, or runs again where
 * {@linkplain PoolOptions.Builder#maxAttempts more attempts} were allowed; another worker takes its place, and the
 * other tasks are not affected. {@link System#exit} in a task is such a death. When this process dies, its workers end within two
 * seconds.
 *
 * <p><b>End.</b> {@link #close} finishes what was submitted; {@link #shutdownNow} does not. A pool that nobody closes does not
 * keep the program from ending; one that becomes garbage is closed, with a warning in the system's log.
 *
 * <p>All methods may be called from several threads. Memory consistency effects: what a thread did before it submitted a task is
 * in the task's copy, and what is in a result happened before {@code get()} returns it.
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public final class ProcessPool implements ExecutorService, AutoCloseable {
    private static final long JOIN_MILLIS = 1000;

    private final PoolCore core;
    private final LeakWatch watch;

    private ProcessPool(PoolCore core) {
        this.core = core;
        this.watch = new LeakWatch(this, core);
        watch.start();
    }

    /**
     * Opens a pool and begins to start its workers.
     *
     * @param options how it works
     * @return an open pool, to be closed by the caller
     * @throws IllegalStateException in a child, by a class initializer that the arrival of a body or task runs
     */
    public static ProcessPool open(PoolOptions options) {
        Preparation.refuse("pool \"" + options.name() + "\"");
        PoolCore core = new PoolCore(options);
        ProcessPool pool = new ProcessPool(core);
        core.start();
        return pool;
    }

    // Tasks, one by one.

    /**
     * Hands in a task. Does not wait.
     *
     * @param task what a worker is to call; it is serialized before this method returns
     * @param <T> the type of the result
     * @return the result to come
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws java.util.concurrent.RejectedExecutionException when the pool is closed
     */
    public <T> PoolFuture<T> submit(PoolTask<T> task) {
        return submitted(task, task, core.taskTimeoutNanos());
    }

    /**
     * Hands in a task that may run for a limited time. Does not wait.
     *
     * @param task what a worker is to call; it is serialized before this method returns
     * @param timeout how long it may run once it has begun; see {@link PoolOptions.Builder#taskTimeout}
     * @param <T> the type of the result
     * @return the result to come
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws java.util.concurrent.RejectedExecutionException when the pool is closed
     */
    public <T> PoolFuture<T> submit(PoolTask<T> task, Duration timeout) {
        return submitted(task, task, PoolOptions.nanos(PoolOptions.Builder.requirePositive(timeout)));
    }

    /**
     * Hands in a task whose class is serializable, though its type does not say so. Does not wait.
     *
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws java.util.concurrent.RejectedExecutionException when the pool is closed
     */
    @Override
    public <T> PoolFuture<T> submit(Callable<T> task) {
        return submitted(task, task, core.taskTimeoutNanos());
    }

    /**
     * Hands in a task without a result. Does not wait.
     *
     * @param task what a worker is to run; it is serialized before this method returns
     * @return its end to come, with null
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws java.util.concurrent.RejectedExecutionException when the pool is closed
     */
    public PoolFuture<?> submit(PoolAction task) {
        return submitted(new Action(task), task, core.taskTimeoutNanos());
    }

    /**
     * Hands in a task without a result, whose class is serializable. Does not wait.
     *
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws java.util.concurrent.RejectedExecutionException when the pool is closed
     */
    @Override
    public PoolFuture<?> submit(Runnable task) {
        return submitted(new Action(task), task, core.taskTimeoutNanos());
    }

    /**
     * Hands in a task, and says what its result will be: a value that does not travel.
     *
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws java.util.concurrent.RejectedExecutionException when the pool is closed
     */
    @Override
    public <T> CompletableFuture<T> submit(Runnable task, T result) {
        PoolFuture<?> end = submit(task);
        CompletableFuture<T> future = new Ended<>(end);
        CompletableFuture<?> unused = end.whenComplete((nothing, thrown) -> {
            if (thrown == null) {
                future.complete(result);
            } else {
                future.completeExceptionally(thrown);
            }
        });
        return future;
    }

    /**
     * Hands in a task without a result that nobody waits for. What it throws goes to the uncaught exception handler of a thread of
     * the pool. Does not wait.
     *
     * @param task what a worker is to run
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws java.util.concurrent.RejectedExecutionException when the pool is closed
     */
    public void execute(PoolAction task) {
        execute((Runnable) task);
    }

    @Override
    public void execute(Runnable task) {
        CompletableFuture<?> unused = submit(task).whenComplete((nothing, thrown) -> {
            if (thrown != null && !(thrown instanceof CancellationException)) {
                PoolCore.uncaught(thrown);
            }
        });
    }

    private <T> PoolFuture<T> submitted(Callable<?> runs, Object named, long timeoutNanos) {
        SingleTask<T> task = new SingleTask<>(core, runs, named, timeoutNanos);
        if (!core.submit(task)) {
            throw core.rejected(named);
        }
        return task.future();
    }

    @Override
    public <T> List<java.util.concurrent.Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return invokeAll(tasks, 0);
    }

    @Override
    public <T> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return invokeAll(tasks, deadline(timeout, unit));
    }

    private static long deadline(long timeout, TimeUnit unit) {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        return deadline == 0 ? 1 : deadline;
    }

    /** @param deadline by the nano clock, 0 for none */
    private <T> List<java.util.concurrent.Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long deadline)
            throws InterruptedException {
        List<PoolFuture<T>> futures = new ArrayList<>(tasks.size());
        boolean done = false;
        try {
            for (Callable<T> task : tasks) {
                futures.add(submit(task));
            }
            for (PoolFuture<T> future : futures) {
                if (!awaitOutcome(future, deadline)) {
                    break;
                }
            }
            done = futures.stream().allMatch(PoolFuture::isDone);
            return new ArrayList<>(futures);
        } finally {
            if (!done) {
                futures.forEach(future -> future.cancel(true));
            }
        }
    }

    private static boolean awaitOutcome(PoolFuture<?> future, long deadline) throws InterruptedException {
        try {
            if (deadline == 0) {
                future.get();
            } else {
                future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (ExecutionException | CancellationException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, 0);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return invokeAny(tasks, deadline(timeout, unit));
    }

    private <T> T invokeAny(Collection<? extends Callable<T>> tasks, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("invokeAny needs at least one task");
        }
        List<PoolFuture<T>> futures = new ArrayList<>(tasks.size());
        LinkedBlockingQueue<PoolFuture<T>> done = new LinkedBlockingQueue<>();
        try {
            for (Callable<T> task : tasks) {
                PoolFuture<T> future = submit(task);
                futures.add(future);
                CompletableFuture<T> unused = future.whenComplete((value, thrown) -> done.add(future));
            }
            ExecutionException last = null;
            for (int left = futures.size(); left > 0; left--) {
                PoolFuture<T> first =
                        deadline == 0 ? done.take() : done.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (first == null) {
                    throw new TimeoutException("none of " + futures.size() + " tasks has ended in time");
                }
                try {
                    return first.get();
                } catch (ExecutionException e) {
                    last = e;
                } catch (CancellationException e) {
                    last = new ExecutionException(e);
                }
            }
            throw last == null ? new ExecutionException(new IllegalStateException("no task")) : last;
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    /**
     * Runs a task in a worker, and waits for its result: Python's {@code apply}.
     *
     * @param task what a worker is to call
     * @param <T> the type of the result
     * @return its result
     * @throws ExecutionException with what the task threw as cause
     * @throws InterruptedException when this thread is interrupted; the task is cancelled then
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws IllegalStateException when the pool is closed
     */
    public <T> T apply(PoolTask<T> task) throws InterruptedException, ExecutionException {
        return awaited(applyAsync(task));
    }

    /**
     * Applies a function to an argument in a worker, and waits for the result.
     *
     * @param function what a worker is to apply
     * @param argument serializable
     * @param <A> the type of the argument
     * @param <T> the type of the result
     * @return the result
     * @throws ExecutionException with what the function threw as cause
     * @throws InterruptedException when this thread is interrupted; the task is cancelled then
     * @throws IllegalArgumentException when the function or the argument cannot be serialized
     * @throws IllegalStateException when the pool is closed
     */
    public <A, T> T apply(PoolFunction<? super A, ? extends T> function, A argument)
            throws InterruptedException, ExecutionException {
        return apply(new Application<A, T>(function, argument));
    }

    /**
     * Hands in a task: {@link #submit(PoolTask)} by Python's name, refused as Python does.
     *
     * @param task what a worker is to call
     * @param <T> the type of the result
     * @return the result to come
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws IllegalStateException when the pool is closed
     */
    public <T> PoolFuture<T> applyAsync(PoolTask<T> task) {
        SingleTask<T> single = new SingleTask<>(core, task, task, core.taskTimeoutNanos());
        if (!core.submit(single)) {
            throw new IllegalStateException(core.closed("task " + TaskText.of(task)));
        }
        return single.future();
    }

    /**
     * Hands in a task, and says who hears of its outcome; one of the two is called, once, on a thread of the common pool.
     *
     * @param task what a worker is to call
     * @param callback takes the result
     * @param errorCallback takes what {@code get()} would have as the cause of its exception
     * @param <T> the type of the result
     * @return the result to come
     * @throws IllegalArgumentException when the task cannot be serialized
     * @throws IllegalStateException when the pool is closed
     */
    public <T> PoolFuture<T> applyAsync(
            PoolTask<T> task, Consumer<? super T> callback, Consumer<? super Throwable> errorCallback) {
        return tellingOf(applyAsync(task), callback, errorCallback);
    }

    private static <T> PoolFuture<T> tellingOf(
            PoolFuture<T> future, Consumer<? super T> callback, Consumer<? super Throwable> errorCallback) {
        // Not on the pool's own thread: a callback that waits for another task must not keep that from arriving.
        CompletableFuture<?> unused = future.whenCompleteAsync((value, thrown) -> {
                    if (thrown == null) {
                        callback.accept(value);
                    } else {
                        errorCallback.accept(thrown);
                    }
                })
                .exceptionally(thrown -> {
                    reportCallback(future, thrown);
                    return null;
                });
        return future;
    }

    /** What a callback itself throws; the failure of the task has been told. */
    private static void reportCallback(PoolFuture<?> future, Throwable thrown) {
        if (!future.isCompletedExceptionally()) {
            PoolCore.uncaught(thrown);
        }
    }

    // Many items.

    /**
     * Applies a function to all items, in workers, and waits for the results. Items travel in chunks of as many as pay.
     *
     * @param function applied to each item; it travels once to each worker
     * @param items read at once by this thread; serialized while they are sent
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results in the order of the items
     * @throws ExecutionException with the first exception that an item threw as cause; or {@link WorkerDiedException}
     * @throws InterruptedException when this thread is interrupted; the call is cancelled then
     * @throws IllegalArgumentException when the function or an item cannot be serialized
     * @throws IllegalStateException when the pool is closed
     */
    public <T, R> List<R> map(PoolFunction<? super T, ? extends R> function, Iterable<? extends T> items)
            throws InterruptedException, ExecutionException {
        return awaited(mapped("map", function, function, items, 0));
    }

    /**
     * As {@link #map(PoolFunction, Iterable)}, in chunks of a given size: what is lost when a worker dies, what counts as one task,
     * and what {@link WorkerDeath} can name.
     *
     * @param function applied to each item
     * @param items read at once by this thread
     * @param chunk how many items travel together, 1 or more
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results in the order of the items
     * @throws ExecutionException as above
     * @throws InterruptedException as above
     */
    public <T, R> List<R> map(PoolFunction<? super T, ? extends R> function, Iterable<? extends T> items, int chunk)
            throws InterruptedException, ExecutionException {
        return awaited(mapped("map", function, function, items, requireChunk(chunk)));
    }

    /**
     * As {@link #map(PoolFunction, Iterable)}, without waiting.
     *
     * @param function applied to each item
     * @param items read at once by this thread; an item must not be changed until the results are there
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results to come
     */
    public <T, R> PoolFuture<List<R>> mapAsync(
            PoolFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
        return mapped("mapAsync", function, function, items, 0);
    }

    /**
     * As {@link #map(PoolFunction, Iterable, int)}, without waiting.
     *
     * @param function applied to each item
     * @param items read at once by this thread; an item must not be changed until the results are there
     * @param chunk how many items travel together, 1 or more
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results to come
     */
    public <T, R> PoolFuture<List<R>> mapAsync(
            PoolFunction<? super T, ? extends R> function, Iterable<? extends T> items, int chunk) {
        return mapped("mapAsync", function, function, items, requireChunk(chunk));
    }

    /**
     * As {@link #mapAsync(PoolFunction, Iterable)}; says who hears of the outcome: one of the two is called, once, on a thread of the
     * common pool.
     *
     * @param function applied to each item
     * @param items read at once by this thread
     * @param callback takes the results
     * @param errorCallback takes what {@code get()} would have as the cause of its exception
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results to come
     */
    public <T, R> PoolFuture<List<R>> mapAsync(
            PoolFunction<? super T, ? extends R> function,
            Iterable<? extends T> items,
            Consumer<? super List<R>> callback,
            Consumer<? super Throwable> errorCallback) {
        return tellingOf(this.<T, R>mapAsync(function, items), callback, errorCallback);
    }

    /**
     * Applies a function of two arguments to all pairs, and waits for the results. For more than two arguments let the items be
     * arrays, lists or records, and use {@code map}.
     *
     * @param function applied to key and value of each pair
     * @param pairs read at once by this thread; {@link Map#entry} makes one
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the results
     * @return the results in the order of the pairs
     * @throws ExecutionException as {@code map}
     * @throws InterruptedException as {@code map}
     */
    public <A, B, R> List<R> starmap(
            PoolBiFunction<? super A, ? super B, ? extends R> function,
            Iterable<? extends Map.Entry<? extends A, ? extends B>> pairs)
            throws InterruptedException, ExecutionException {
        return awaited(starmapped("starmap", function, pairs, 0));
    }

    /**
     * As {@link #starmap(PoolBiFunction, Iterable)}, in chunks of a given size.
     *
     * @param function applied to key and value of each pair
     * @param pairs read at once by this thread
     * @param chunk how many pairs travel together, 1 or more
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the results
     * @return the results in the order of the pairs
     * @throws ExecutionException as {@code map}
     * @throws InterruptedException as {@code map}
     */
    public <A, B, R> List<R> starmap(
            PoolBiFunction<? super A, ? super B, ? extends R> function,
            Iterable<? extends Map.Entry<? extends A, ? extends B>> pairs,
            int chunk)
            throws InterruptedException, ExecutionException {
        return awaited(starmapped("starmap", function, pairs, requireChunk(chunk)));
    }

    /**
     * As {@link #starmap(PoolBiFunction, Iterable)}, without waiting.
     *
     * @param function applied to key and value of each pair
     * @param pairs read at once by this thread
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the results
     * @return the results to come
     */
    public <A, B, R> PoolFuture<List<R>> starmapAsync(
            PoolBiFunction<? super A, ? super B, ? extends R> function,
            Iterable<? extends Map.Entry<? extends A, ? extends B>> pairs) {
        return starmapped("starmapAsync", function, pairs, 0);
    }

    /**
     * Applies a function to the items of an input that may be long, or endless: it is read while the results are taken, on a thread
     * of its own, and only as far ahead as keeps the workers busy.
     *
     * @param function applied to each item
     * @param items iterated by another thread
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results in the order of the items, to be closed by whoever does not take all
     * @throws IllegalArgumentException when the function cannot be serialized
     * @throws IllegalStateException when the pool is closed
     */
    public <T, R> Results<R> imap(PoolFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
        return lazily("imap", function, items, 0, 0, true);
    }

    /**
     * As {@link #imap(PoolFunction, Iterable)}, with limits of one's own.
     *
     * @param function applied to each item
     * @param items iterated by another thread
     * @param chunk how many items travel together at most, 1 or more
     * @param window how many items may have been read whose results were not taken, {@code chunk} or more
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results in the order of the items, to be closed by whoever does not take all
     */
    public <T, R> Results<R> imap(
            PoolFunction<? super T, ? extends R> function, Iterable<? extends T> items, int chunk, int window) {
        return lazily("imap", function, items, requireChunk(chunk), requireWindow(window, chunk), true);
    }

    /**
     * As {@link #imap(PoolFunction, Iterable)}, with the results in the order in which they are ready.
     *
     * @param function applied to each item
     * @param items iterated by another thread
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results, to be closed by whoever does not take all
     */
    public <T, R> Results<R> imapUnordered(PoolFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
        return lazily("imapUnordered", function, items, 0, 0, false);
    }

    /**
     * As {@link #imapUnordered(PoolFunction, Iterable)}, with limits of one's own.
     *
     * @param function applied to each item
     * @param items iterated by another thread
     * @param chunk how many items travel together at most, 1 or more
     * @param window how many items may have been read whose results were not taken, {@code chunk} or more
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results, to be closed by whoever does not take all
     */
    public <T, R> Results<R> imapUnordered(
            PoolFunction<? super T, ? extends R> function, Iterable<? extends T> items, int chunk, int window) {
        return lazily("imapUnordered", function, items, requireChunk(chunk), requireWindow(window, chunk), false);
    }

    private static int requireChunk(int chunk) {
        if (chunk < 1) {
            throw new IllegalArgumentException("chunk must be at least 1: chunk=" + chunk);
        }
        return chunk;
    }

    private static int requireWindow(int window, int chunk) {
        if (window < chunk) {
            throw new IllegalArgumentException(
                    "window must be at least as large as a chunk: window=" + window + ", chunk=" + chunk);
        }
        return window;
    }

    private <R> PoolFuture<List<R>> mapped(String name, Object function, Object named, Iterable<?> items, int chunk) {
        return call(name, function, named, toArray(items), chunk);
    }

    private <R> PoolFuture<List<R>> starmapped(
            String name, PoolBiFunction<?, ?, ?> function, Iterable<? extends Map.Entry<?, ?>> pairs, int chunk) {
        List<Object[]> items = new ArrayList<>();
        for (Map.Entry<?, ?> pair : pairs) {
            items.add(new @Nullable Object[] {pair.getKey(), pair.getValue()});
        }
        return call(name, new Star(function), function, items.toArray(), chunk);
    }

    private <R> PoolFuture<List<R>> call(
            String name, Object function, Object named, @Nullable Object[] items, int chunk) {
        Objects.requireNonNull(named, "a pool takes no null as a function");
        if (core.isShutDown()) {
            throw new IllegalStateException(core.closed(name));
        }
        if (items.length == 0) {
            PoolFuture<List<R>> nothing = new PoolFuture<>();
            nothing.complete(new ArrayList<>());
            return nothing;
        }
        MapCall<R> call = new MapCall<>(core, name, function, named, items, chunk);
        if (!core.submit(call)) {
            throw new IllegalStateException(core.closed(name));
        }
        return call.future();
    }

    private static @Nullable Object[] toArray(Iterable<?> items) {
        if (items instanceof Collection<?> collection) {
            return collection.toArray();
        }
        List<@Nullable Object> all = new ArrayList<>();
        for (Object item : items) {
            all.add(item);
        }
        return all.toArray();
    }

    private <T, R> Results<R> lazily(
            String name,
            PoolFunction<? super T, ? extends R> function,
            Iterable<? extends T> items,
            int chunk,
            int window,
            boolean ordered) {
        LazyCall<T, R> call = new LazyCall<>(core, name, function, items, chunk, window, ordered);
        if (!core.begin(call)) {
            throw new IllegalStateException(core.closed(name));
        }
        Thread reader = new Thread(null, call::readInput, "procession " + core + " input", 0, false);
        reader.setDaemon(true);
        reader.start();
        return new Results<>(call, this);
    }

    /** What cannot be sent is the caller's own mistake, and no failure of a task. */
    private static <T> T awaited(PoolFuture<T> future) throws InterruptedException, ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedItemException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /**
     * Lets all workers have one copy of a large value, each of which travels once.
     *
     * @param value serialized now; later changes are not seen by workers that have or get it
     * @param <T> its type
     * @return a small handle, which tasks refer to
     * @throws IllegalArgumentException when the value cannot be serialized
     * @throws IllegalStateException when the pool is closed
     */
    public <T> Broadcast<T> broadcast(T value) {
        if (core.isShutDown()) {
            throw new IllegalStateException(core.closed("a value to broadcast"));
        }
        byte[] bytes;
        try {
            bytes = ObjectCodec.encode(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("the value to broadcast cannot be serialized: " + e.getMessage(), e);
        }
        Knowledge knowledge = new Knowledge(core.nextKnowledge(), bytes);
        Broadcast<T> made = new Broadcast<>(core, knowledge, value);
        core.keep(made, knowledge.id());
        return made;
    }

    // Its end.

    /** Accepts no more tasks; those that were submitted are finished. Of a lazy call the items that were read are. Does not wait. */
    @Override
    public void shutdown() {
        watch.end();
        core.shutdown();
    }

    /**
     * Ends the workers at once, and with them the tasks that they run. Tasks without a result are cancelled. Does not wait.
     *
     * @return the tasks that have not begun, of those that were handed in one by one; each runs a copy of its task in this process
     *     when it is called
     */
    @Override
    public List<Runnable> shutdownNow() {
        watch.end();
        return core.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return core.isShutDown();
    }

    @Override
    public boolean isTerminated() {
        return core.isTerminated();
    }

    /** Waits until all tasks have an outcome and no worker is left; after {@link #shutdown} that is to be. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return core.awaitTermination(timeout, unit);
    }

    /**
     * Finishes the submitted tasks, then ends the workers. Waits for both; when the waiting thread is interrupted, the
     * pool is shut down at once.
     */
    @Override
    public void close() {
        core.shutdown();
        try {
            core.awaitTermination();
        } catch (InterruptedException e) {
            core.shutdownNow();
            Thread.currentThread().interrupt();
        }
        endWatch();
    }

    /** Nothing of a pool that was closed is left, threads included. */
    private void endWatch() {
        watch.end();
        boolean interrupted = Thread.interrupted();
        try {
            watch.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The workers that are up.
     *
     * @return a snapshot of their process ids
     */
    public List<Long> workerPids() {
        return core.pids();
    }

    /** What it is, in which state, and how much it has to do. */
    @Override
    public String toString() {
        return core.describe();
    }

    /** A task that has no result. */
    private record Action(Runnable task) implements PoolTask<@Nullable Object> {
        @Override
        public @Nullable Object call() {
            task.run();
            return null;
        }
    }

    /** A function and its argument. */
    private record Application<A, T>(PoolFunction<? super A, ? extends T> function, A argument) implements PoolTask<T> {
        @Override
        public T call() throws Exception {
            return function.apply(argument);
        }

        @Override
        public String toString() {
            return TaskText.of(function);
        }
    }

    /** A function of pairs. */
    private record Star(PoolBiFunction<?, ?, ?> function) implements PoolFunction<Object[], Object> {
        @SuppressWarnings("unchecked") // starmap's types say so
        @Override
        public Object apply(Object[] pair) throws Exception {
            return ((PoolBiFunction<Object, Object, Object>) function).apply(pair[0], pair[1]);
        }
    }

    /** Ends its task when it is cancelled. */
    private static final class Ended<T> extends CompletableFuture<T> {
        private final PoolFuture<?> task;

        Ended(PoolFuture<?> task) {
            this.task = task;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                task.cancel(mayInterruptIfRunning);
            }
            return cancelled;
        }
    }
}

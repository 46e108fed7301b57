package dev.procession.plugin.work;

import dev.procession.pool.PoolTask;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs tasks on threads of this JVM. */
final class TaskThreads implements TaskRunner {
    private final int threads;
    private final ExecutorService executor;
    private int outstanding;

    TaskThreads(String name, int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "procession-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int window() {
        return 2 * threads;
    }

    @Override
    public <T> Answer<T> submit(PoolTask<T> task) {
        outstanding++;
        Future<T> result = executor.submit(task::call);
        return limit -> {
            T value = await(result, task, limit);
            outstanding--;
            return value;
        };
    }

    private static <T> T await(Future<T> result, PoolTask<T> task, Duration limit)
            throws IOException, InterruptedException {
        try {
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IOException(task + " failed: " + (cause == null ? e : cause).getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IOException(task + " is not done after " + limit.toMinutes() + " minutes; look at the disk", e);
        }
    }

    @Override
    public void close() {
        if (outstanding > 0) {
            executor.shutdownNow();
        } else {
            executor.shutdown();
        }
        boolean interrupted = false;
        while (true) {
            try {
                // What is interrupted ends with its file; nothing may be written any more when this returns.
                if (executor.awaitTermination(1, TimeUnit.HOURS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
                executor.shutdownNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

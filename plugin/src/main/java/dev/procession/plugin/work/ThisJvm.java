package dev.procession.plugin.work;

import dev.procession.pool.PoolTask;
import java.io.IOException;

/** Runs tasks on the thread that hands them in. */
final class ThisJvm implements TaskRunner {
    @Override
    public <T> Answer<T> submit(PoolTask<T> task) throws IOException, InterruptedException {
        T result = run(task);
        return limit -> result;
    }

    @Override
    public int window() {
        return 1;
    }

    private static <T> T run(PoolTask<T> task) throws IOException, InterruptedException {
        try {
            return task.call();
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(task + " failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {}
}

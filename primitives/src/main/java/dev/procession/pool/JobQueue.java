package dev.procession.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks that wait for a worker, first in, first out. */
final class JobQueue {
    private final ArrayDeque<Job<?>> jobs = new ArrayDeque<>();
    private boolean closed;

    synchronized void add(Job<?> job) {
        if (closed) {
            throw new IllegalStateException("the pool is closed: task " + job.text() + " was not accepted");
        }
        jobs.add(job);
        notifyAll();
    }

    /** Waits for a job; null when the queue is closed and empty. */
    synchronized @Nullable Job<?> take() throws InterruptedException {
        while (jobs.isEmpty() && !closed) {
            wait();
        }
        return jobs.poll();
    }

    /** No more jobs come; those that wait are still taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Takes all that wait. */
    synchronized List<Job<?>> drain() {
        List<Job<?>> all = new ArrayList<>(jobs);
        jobs.clear();
        return all;
    }
}

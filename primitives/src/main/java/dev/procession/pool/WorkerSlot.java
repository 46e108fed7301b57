package dev.procession.pool;

import dev.procession.internal.child.ChildAccess;
import dev.procession.process.ChildProcess;
import dev.procession.process.ExitStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One place of a pool: a thread that owns a worker, gives it one task after another, and puts a new worker into the
 * place of a dead one when there is a task for it.
 */
final class WorkerSlot implements Runnable {
    /** For a worker without a task nothing is left to do: a second is plenty. */
    private static final Duration END = Duration.ofSeconds(1);

    private final PoolOptions options;
    private final String name;
    private final JobQueue jobs;
    private @Nullable Worker worker;
    private boolean stopped;

    WorkerSlot(PoolOptions options, String name, JobQueue jobs) {
        this.options = options;
        this.name = name;
        this.jobs = jobs;
    }

    String name() {
        return name;
    }

    @Override
    public void run() {
        try {
            // Boots while the first task is still being made.
            startWorker();
        } catch (RuntimeException | Error e) {
            // The first task tries again, and fails with the reason.
        }
        try {
            for (Job<?> job = jobs.take(); job != null; job = jobs.take()) {
                work(job);
            }
            endWorker();
        } catch (InterruptedException e) {
            // Only the pool has this thread, and it interrupts it when it is to stop at once.
        } finally {
            stop();
            awaitEnd();
        }
    }

    /** A killed process takes a moment to end; when the pool is closed, nothing of it is left. */
    private void awaitEnd() {
        Worker last;
        synchronized (this) {
            last = worker;
        }
        long deadline = System.nanoTime() + END.toNanos();
        while (last != null && last.process.isAlive() && System.nanoTime() < deadline) {
            try {
                last.process.join(Duration.ofNanos(deadline - System.nanoTime()));
            } catch (InterruptedException e) {
                // The pool wants this thread to end, which it is about to do.
            }
        }
    }

    /** Kills the worker; no other one is started. */
    synchronized void stop() {
        stopped = true;
        if (worker != null) {
            worker.process.kill();
        }
    }

    private void work(Job<?> job) throws InterruptedException {
        try {
            attempt(job);
        } catch (InterruptedException e) {
            job.result().cancel(false);
            throw e;
        } catch (RuntimeException | Error e) {
            // Whatever it is, nobody may wait for ever, and this place has other tasks to run.
            job.fail(e);
        }
    }

    private void attempt(Job<?> job) throws InterruptedException {
        for (int attempt = 1; !job.isDone(); attempt++) {
            Worker current = liveWorker();
            byte[] reply = current.call(job.request());
            if (reply != null) {
                job.reply(reply);
                return;
            }
            boolean retried = attempt < options.maxAttempts() && !isStopped();
            WorkerDeath death = current.death(job.text(), attempt, retried);
            if (!retried) {
                // Before the listener: who waits for the task must not depend on it.
                job.fail(new WorkerDiedException(death));
            }
            tell(death);
        }
    }

    /** A listener that throws harms nobody but itself. */
    private void tell(WorkerDeath death) {
        try {
            options.listener().workerDied(death);
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private Worker liveWorker() throws InterruptedException {
        Worker known;
        synchronized (this) {
            known = worker;
        }
        if (known != null && known.process.isAlive()) {
            return known;
        }
        if (known != null && !known.reported) {
            tell(known.death(null, 0, false));
        }
        return startWorker();
    }

    private synchronized Worker startWorker() {
        if (stopped) {
            throw new IllegalStateException("the pool was shut down");
        }
        Worker started = new Worker(ChildProcess.of(options.worker(name), WorkerLoop::run));
        worker = started;
        return started;
    }

    private void endWorker() throws InterruptedException {
        Worker known;
        synchronized (this) {
            known = worker;
        }
        if (known == null) {
            return;
        }
        try {
            ChildAccess.of(ChildProcess.class).send(known.process, new byte[0]);
        } catch (IOException e) {
            // It has ended already.
        }
        known.process.join(END);
    }

    /** A started worker, and the reply that it owes. */
    private static final class Worker {
        /** Bytes that an empty pipe takes at once, whether or not anybody reads them. */
        private static final int SMALL = 16 * 1024;

        private final ChildProcess process;

        // One for all tasks: each onExit() is kept until the exit.
        private final CompletableFuture<ChildProcess> exit;

        private volatile CompletableFuture<byte[]> reply = new CompletableFuture<>();
        private boolean reported;

        /** Starts it. */
        Worker(ChildProcess process) {
            this.process = process;
            ChildAccess.of(ChildProcess.class).onMessage(process, message -> reply.complete(message));
            process.start();
            this.exit = process.onExit();
        }

        /** Gives it a task and waits for the reply; null when it died before it had one. */
        byte @Nullable [] call(byte[] request) throws InterruptedException {
            CompletableFuture<byte[]> expected = new CompletableFuture<>();
            reply = expected;
            if (request.length <= SMALL) {
                send(request);
            } else {
                // A worker that is dead takes nothing, and a process that it has left behind may keep the pipe open.
                Thread sender =
                        new Thread(null, () -> send(request), "procession " + process.name() + " task", 0, false);
                sender.setDaemon(true);
                sender.start();
            }
            try {
                CompletableFuture.anyOf(expected, exit).get();
                // The end comes after the last message: a reply that was sent before it counts.
                return expected.getNow(null);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }

        private void send(byte[] request) {
            try {
                ChildAccess.of(ChildProcess.class).send(process, request);
            } catch (IOException e) {
                // The pipe is broken: it is dead, or about to be.
                process.kill();
            }
        }

        WorkerDeath death(@Nullable String task, int attempt, boolean retried) throws InterruptedException {
            reported = true;
            process.join();
            ExitStatus status = process.exitStatus().orElseThrow();
            return new WorkerDeath(process.name(), process.pid(), status, task, attempt, retried);
        }
    }
}

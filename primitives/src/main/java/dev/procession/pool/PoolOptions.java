package dev.procession.pool;

import dev.procession.internal.wire.ObjectCodec;
import dev.procession.process.ArgumentsTask;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a pool works. What is not said: as many workers as processors, one attempt for each task and no limit of its time,
 * workers that live as long as the pool and are started as children of this process usually are.
 */
public final class PoolOptions {
    private static final int MOST_WORKERS = 256;
    private static final long LEAST_HEAP = 2L << 20;

    private final String name;
    private final int workers;
    private final ChildOptions worker;
    private final int maxAttempts;
    private final int tasksPerChild;
    private final @Nullable Duration taskTimeout;
    private final byte @Nullable [] initializer;
    private final PoolListener listener;
    private final String recordedIn;

    private PoolOptions(Builder builder) {
        this.name = builder.name;
        this.workers = builder.workers;
        ChildOptions.Builder child = builder.worker.toBuilder();
        if (builder.heapLimit > 0) {
            child.jvmOption("-Xmx" + builder.heapLimit);
        }
        this.worker = child.daemon(true).survivesParent(false).build();
        this.maxAttempts = builder.maxAttempts;
        this.tasksPerChild = builder.tasksPerChild;
        this.taskTimeout = builder.taskTimeout;
        this.initializer = builder.initializer;
        this.listener = builder.listener;
        this.recordedIn = builder.recordedIn;
    }

    /**
     * Begins with the defaults.
     *
     * @return a builder; not for use by several threads
     */
    public static Builder builder() {
        return new Builder();
    }

    String name() {
        return name;
    }

    int workers() {
        return workers;
    }

    int maxAttempts() {
        return maxAttempts;
    }

    /** 0 for no limit. */
    int tasksPerChild() {
        return tasksPerChild;
    }

    /** 0 for no limit. */
    long taskTimeoutNanos() {
        return taskTimeout == null ? 0 : nanos(taskTimeout);
    }

    /** Longer than anybody waits is a century: the sum with a clock must not overflow. */
    static long nanos(Duration time) {
        return Math.min(TimeUnit.NANOSECONDS.convert(time), TimeUnit.DAYS.toNanos(36_500));
    }

    byte @Nullable [] initializer() {
        return initializer;
    }

    PoolListener listener() {
        return listener;
    }

    /** The path of the session that tasks are recorded in; empty for none. */
    String recordedIn() {
        return recordedIn;
    }

    /** The options of one worker. Workers are daemons: a pool that nobody closed does not keep a program alive. */
    ChildOptions worker(String workerName) {
        return worker.toBuilder().name(workerName).build();
    }

    /** Collects options. */
    public static final class Builder {
        private String name = "pool";
        private int workers = Math.min(ChildProcess.cpuCount(), MOST_WORKERS);
        private ChildOptions worker = ChildOptions.builder().build();
        private long heapLimit;
        private int maxAttempts = 1;
        private int tasksPerChild;
        private @Nullable Duration taskTimeout;
        private byte @Nullable [] initializer;
        private PoolListener listener = new PoolListener() {};
        private String recordedIn = "";

        private Builder() {}

        /**
         * The pool's name, which begins the names of its workers.
         *
         * @param value not empty, without line ends and other control characters: it begins lines of output
         * @return this builder
         */
        public Builder name(String value) {
            if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "name must be a text without line ends and control characters: name=\"" + value + "\"");
            }
            name = value;
            return this;
        }

        /**
         * The number of workers.
         *
         * @param value 1 to 256
         * @return this builder
         */
        public Builder workers(int value) {
            if (value < 1 || value > MOST_WORKERS) {
                throw new IllegalArgumentException("workers must be 1 to " + MOST_WORKERS + ": workers=" + value);
            }
            workers = value;
            return this;
        }

        /**
         * How each worker is started: its JVM options, class path, environment, output, spares, class-data archive and so
         * on. The name and whether it is a daemon and survives this process are the pool's to decide.
         *
         * @param value as for any child
         * @return this builder
         */
        public Builder worker(ChildOptions value) {
            worker = value;
            return this;
        }

        /**
         * The most that the Java heap of one worker may take (its {@code -Xmx}). A task that needs more fails with the
         * {@link OutOfMemoryError}, and its worker is replaced.
         *
         * @param bytes at least 2 MiB
         * @return this builder
         */
        public Builder workerHeapLimit(long bytes) {
            if (bytes < LEAST_HEAP) {
                throw new IllegalArgumentException(
                        "workerHeapLimit must be at least " + LEAST_HEAP + " bytes: workerHeapLimit=" + bytes);
            }
            heapLimit = bytes;
            return this;
        }

        /**
         * How often a task is started when its worker dies. A task that is started again may have done a part of its
         * work before: ask for more than one attempt only where doing it twice is harmless.
         *
         * @param value one or more; 1 by default
         * @return this builder
         */
        public Builder maxAttempts(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxAttempts must be at least 1: maxAttempts=" + value);
            }
            maxAttempts = value;
            return this;
        }

        /**
         * How many tasks a worker runs before a new one takes its place, which frees whatever they have left behind. A
         * chunk of {@code map} counts as one task, as in Python.
         *
         * @param value one or more; without a limit by default
         * @return this builder
         */
        public Builder tasksPerChild(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("tasksPerChild must be at least 1: tasksPerChild=" + value);
            }
            tasksPerChild = value;
            return this;
        }

        /**
         * How long a task may run. One that takes longer fails with a {@link java.util.concurrent.TimeoutException}, is ended
         * together with its worker, and is not tried again. The time begins when the task does, not when it is handed in. A chunk
         * of {@code map} may take as long as its items together.
         *
         * @param value more than zero; without a limit by default
         * @return this builder
         */
        public Builder taskTimeout(Duration value) {
            taskTimeout = requirePositive(value);
            return this;
        }

        static Duration requirePositive(Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException("taskTimeout must be more than zero: taskTimeout=" + value);
            }
            return value;
        }

        /**
         * What each worker does before its first task. When it throws, that worker is given up and another one tries, a few
         * times; when no worker gets through, the tasks fail with what it threw.
         *
         * @param value serialized now
         * @return this builder
         * @throws IllegalArgumentException when it cannot be serialized
         */
        public Builder initializer(ChildTask value) {
            try {
                initializer = ObjectCodec.encode(value);
            } catch (IOException e) {
                throw new IllegalArgumentException("initializer cannot be serialized: " + e.getMessage(), e);
            }
            return this;
        }

        /**
         * What each worker does before its first task, with arguments.
         *
         * @param value serialized now
         * @param arguments serializable values
         * @return this builder
         * @throws IllegalArgumentException when it cannot be serialized
         */
        public Builder initializer(ArgumentsTask value, Object... arguments) {
            ArrayList<Object> copy = new ArrayList<>(Arrays.asList(arguments));
            return initializer(() -> value.run(copy));
        }

        /**
         * Who hears what happens to the workers.
         *
         * @param value called on the pool's threads
         * @return this builder
         */
        public Builder listener(PoolListener value) {
            listener = value;
            return this;
        }

        /**
         * In which session's event record the workers write their tasks down: begin, end or failure, by the tasks' texts.
         * They take part in that session from their start, which takes each a moment longer. Without it nothing is
         * recorded.
         *
         * @param value made with {@link dev.procession.session.SessionOptions#recording}; to be closed after the pool
         * @return this builder
         */
        public Builder recordedIn(Session value) {
            recordedIn = value.path().toString();
            return this;
        }

        /**
         * Ends the collection.
         *
         * @return the options, which do not change any more
         */
        public PoolOptions build() {
            return new PoolOptions(this);
        }
    }
}

package dev.procession.pool;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildOutput;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildSpares;
import dev.procession.process.ClassDataArchive;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a pool works. What is not said: as many workers as processors, one attempt for each task, workers started as
 * children of this process usually are.
 */
public final class PoolOptions {
    private static final int MOST_WORKERS = 256;

    private final String name;
    private final int workers;
    private final int maxAttempts;
    private final PoolListener listener;
    private final boolean inheritJvmOptions;
    private final List<String> jvmOptions;
    private final List<Path> classPath;
    private final ChildOutput output;
    private final @Nullable ClassDataArchive archive;
    private final @Nullable ChildSpares spares;

    private PoolOptions(Builder builder) {
        this.name = builder.name;
        this.workers = builder.workers;
        this.maxAttempts = builder.maxAttempts;
        this.listener = builder.listener;
        this.inheritJvmOptions = builder.inheritJvmOptions;
        this.jvmOptions = builder.jvmOptions;
        this.classPath = builder.classPath;
        this.output = builder.output;
        this.archive = builder.archive;
        this.spares = builder.spares;
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

    PoolListener listener() {
        return listener;
    }

    /** The options of one worker. Workers are daemons: a pool that nobody closed does not keep a program alive. */
    ChildOptions worker(String workerName) {
        ChildOptions.Builder child = ChildOptions.builder()
                .name(workerName)
                .daemon(true)
                .inheritJvmOptions(inheritJvmOptions)
                .jvmOptions(jvmOptions)
                .output(output);
        if (!classPath.isEmpty()) {
            child.classPath(classPath);
        }
        if (archive != null) {
            child.classDataArchive(archive);
        }
        if (spares != null) {
            child.spares(spares);
        }
        return child.build();
    }

    /** Collects options. */
    public static final class Builder {
        private String name = "pool";
        private int workers = ChildProcess.cpuCount();
        private int maxAttempts = 1;
        private PoolListener listener = new PoolListener() {};
        private boolean inheritJvmOptions = true;
        private List<String> jvmOptions = List.of();
        private List<Path> classPath = List.of();
        private ChildOutput output = ChildOutput.toConsole();
        private @Nullable ClassDataArchive archive;
        private @Nullable ChildSpares spares;

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
         * Whether the JVM options of this process are passed on to the workers.
         *
         * @param value true by default; see {@link ChildOptions.Builder#inheritJvmOptions}
         * @return this builder
         */
        public Builder inheritJvmOptions(boolean value) {
            inheritJvmOptions = value;
            return this;
        }

        /**
         * JVM options of the workers, after the inherited ones.
         *
         * @param values for example {@code -Xmx64m}
         * @return this builder
         */
        public Builder jvmOptions(List<String> values) {
            jvmOptions = List.copyOf(values);
            return this;
        }

        /**
         * The class path of the workers, instead of the one of this process.
         *
         * @param entries jars and folders of classes: this library, the tasks and all that they need
         * @return this builder
         */
        public Builder classPath(List<Path> entries) {
            classPath = List.copyOf(entries);
            return this;
        }

        /**
         * Who takes what the workers print.
         *
         * @param value called from the library's threads
         * @return this builder
         */
        public Builder output(ChildOutput value) {
            output = value;
            return this;
        }

        /**
         * Lets the workers map their classes from an archive.
         *
         * @param value see {@link ChildOptions.Builder#classDataArchive}
         * @return this builder
         */
        public Builder classDataArchive(ClassDataArchive value) {
            archive = value;
            return this;
        }

        /**
         * Takes workers, and those that replace dead ones, from spares that were started alike.
         *
         * @param value where to take them from; it stays the caller's
         * @return this builder
         */
        public Builder spares(ChildSpares value) {
            spares = value;
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

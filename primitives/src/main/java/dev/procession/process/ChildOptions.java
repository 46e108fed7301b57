package dev.procession.process;

import dev.procession.internal.child.LaunchSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a child process is started. What is not said is as in the process that starts it.
 *
 * <pre>{@code
 * ChildOptions options = ChildOptions.builder().name("reader").jvmOption("-Xmx64m").build();
 * ChildProcess child = ChildProcess.of(options, () -> System.out.println("hello"));
 * }</pre>
 */
public final class ChildOptions {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

    private final @Nullable String name;
    private final @Nullable Boolean daemon;
    private final boolean survivesParent;
    private final @Nullable Path java;
    private final boolean inheritJvmOptions;
    private final ChildTuning tuning;
    private final List<String> jvmOptions;
    private final @Nullable List<Path> classPath;
    private final Map<String, Optional<String>> environment;
    private final @Nullable Path directory;
    private final ChildOutput output;
    private final Duration gracePeriod;
    private final @Nullable ChildSpares spares;
    private final @Nullable ClassDataArchive archive;

    private ChildOptions(Builder builder) {
        this.name = builder.name;
        this.daemon = builder.daemon;
        this.survivesParent = builder.survivesParent;
        this.java = builder.java;
        this.inheritJvmOptions = builder.inheritJvmOptions;
        this.tuning = builder.tuning;
        this.jvmOptions = List.copyOf(builder.jvmOptions);
        this.classPath = builder.classPath == null ? null : List.copyOf(builder.classPath);
        this.environment = Map.copyOf(builder.environment);
        this.directory = builder.directory;
        this.output = builder.output;
        this.gracePeriod = builder.gracePeriod;
        this.spares = builder.spares;
        this.archive = builder.archive;
    }

    /**
     * Begins with the defaults.
     *
     * @return a builder; not for use by several threads
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins with these options, to make others that differ a little.
     *
     * @return a builder; not for use by several threads
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.name = name;
        builder.daemon = daemon;
        builder.survivesParent = survivesParent;
        builder.java = java;
        builder.inheritJvmOptions = inheritJvmOptions;
        builder.tuning = tuning;
        builder.jvmOptions.addAll(jvmOptions);
        builder.classPath = classPath;
        builder.environment.putAll(environment);
        builder.directory = directory;
        builder.output = output;
        builder.gracePeriod = gracePeriod;
        builder.spares = spares;
        builder.archive = archive;
        return builder;
    }

    @Nullable
    String name() {
        return name;
    }

    @Nullable
    Boolean daemon() {
        return daemon;
    }

    boolean survivesParent() {
        return survivesParent;
    }

    ChildOutput output() {
        return output;
    }

    Duration gracePeriod() {
        return gracePeriod;
    }

    @Nullable
    ChildSpares spares() {
        return spares;
    }

    LaunchSpec launchSpec() {
        List<String> allOptions = new ArrayList<>(tuning.jvmOptions());
        allOptions.addAll(jvmOptions);
        return new LaunchSpec(
                java,
                inheritJvmOptions,
                allOptions,
                classPath,
                environment,
                archive == null ? null : archive.archive(),
                directory);
    }

    /** Collects options. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable Boolean daemon;
        private boolean survivesParent;
        private @Nullable Path java;
        private boolean inheritJvmOptions = true;
        private ChildTuning tuning = ChildTuning.STANDARD;
        private final List<String> jvmOptions = new ArrayList<>();
        private @Nullable List<Path> classPath;
        private final Map<String, Optional<String>> environment = new HashMap<>();
        private @Nullable Path directory;
        private ChildOutput output = ChildOutput.toConsole();
        private Duration gracePeriod = DEFAULT_GRACE;
        private @Nullable ChildSpares spares;
        private @Nullable ClassDataArchive archive;

        private Builder() {}

        /**
         * The child's name, for people. Without one it is {@code Process-1}, and so on.
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
         * Whether this process may end while the child runs. Children of a daemon are daemons unless told otherwise.
         *
         * @param value false: this process waits for the child when it returns from {@code main}; true: the child is
         *     ended with this process
         * @return this builder
         */
        public Builder daemon(boolean value) {
            daemon = value;
            return this;
        }

        /**
         * Whether the child goes on when this process has died. Normally it ends within two seconds.
         *
         * @param value true to let it go on
         * @return this builder
         */
        public Builder survivesParent(boolean value) {
            survivesParent = value;
            return this;
        }

        /**
         * The java executable; otherwise the one that runs this process.
         *
         * @param value the executable, not its folder
         * @return this builder
         */
        public Builder java(Path value) {
            java = value;
            return this;
        }

        /**
         * Whether the JVM options of this process are passed on: system properties, assertions, module options and the
         * choice of the collector; never agents, debuggers, JMX, GC logs and heap sizes.
         *
         * @param value true is the default
         * @return this builder
         */
        public Builder inheritJvmOptions(boolean value) {
            inheritJvmOptions = value;
            return this;
        }

        /**
         * What the child's JVM is made ready for.
         *
         * @param value {@link ChildTuning#STANDARD} is the default
         * @return this builder
         */
        public Builder tuning(ChildTuning value) {
            tuning = value;
            return this;
        }

        /**
         * Adds a JVM option, after the inherited ones.
         *
         * @param value for example {@code -Xmx64m}
         * @return this builder
         */
        public Builder jvmOption(String value) {
            jvmOptions.add(value);
            return this;
        }

        /**
         * Adds JVM options, after the inherited ones.
         *
         * @param values for example {@code -Xmx64m}
         * @return this builder
         */
        public Builder jvmOptions(List<String> values) {
            jvmOptions.addAll(values);
            return this;
        }

        /**
         * The class path, instead of the class path and module path of this process. It must hold this library, the
         * task and all that the task needs.
         *
         * @param entries jars and folders of classes
         * @return this builder
         */
        public Builder classPath(List<Path> entries) {
            classPath = new ArrayList<>(entries);
            return this;
        }

        /**
         * Sets a variable of the child's environment.
         *
         * @param variable its name
         * @param value its value
         * @return this builder
         */
        public Builder environment(String variable, String value) {
            environment.put(variable, Optional.of(value));
            return this;
        }

        /**
         * Takes a variable out of the child's environment. JAVA_TOOL_OPTIONS and its like are never passed on.
         *
         * @param variable its name
         * @return this builder
         */
        public Builder withoutEnvironment(String variable) {
            environment.put(variable, Optional.empty());
            return this;
        }

        /**
         * The child's working directory; otherwise the one of this process.
         *
         * @param value an existing folder
         * @return this builder
         */
        public Builder directory(Path value) {
            directory = value;
            return this;
        }

        /**
         * Who takes what the child prints; otherwise {@link ChildOutput#toConsole()}.
         *
         * @param value called from the library's threads, also after {@code start()} has returned
         * @return this builder
         */
        public Builder output(ChildOutput value) {
            output = value;
            return this;
        }

        /**
         * How long a child that is asked to terminate may take for its shutdown hooks before it is killed.
         *
         * @param value five seconds by default
         * @return this builder
         */
        public Builder gracePeriod(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("gracePeriod must not be negative: gracePeriod=" + value);
            }
            gracePeriod = value;
            return this;
        }

        /**
         * Takes a booted JVM from these spares, when one waits there that was started with the same java, JVM options,
         * class path, environment and working directory; otherwise the child boots a JVM of its own.
         *
         * @param value where to take it from; it stays the caller's
         * @return this builder
         */
        public Builder spares(ChildSpares value) {
            spares = value;
            return this;
        }

        /**
         * Lets the child map its classes from an archive. The jars of the archive come first on its class path then.
         * Has no effect for a child on a module path, or with another java.
         *
         * @param value from {@link ClassDataArchive#prepare} or {@link ClassDataArchive#find}
         * @return this builder
         */
        public Builder classDataArchive(ClassDataArchive value) {
            archive = value;
            return this;
        }

        /**
         * Ends the collection.
         *
         * @return the options, which do not change any more
         */
        public ChildOptions build() {
            return new ChildOptions(this);
        }
    }
}

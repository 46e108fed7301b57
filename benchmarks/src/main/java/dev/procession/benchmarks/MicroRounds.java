package dev.procession.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one process does alone, measured by JMH: in each round every method once, in a JVM of its own, so that what
 * disturbs a round disturbs all of them.
 */
final class MicroRounds {
    private static final String ANY =
            "^" + MicroRounds.class.getPackageName().replace(".", "\\.") + "\\.[A-Za-z]+Micro\\.";

    private final Map<String, Samples> samples = new LinkedHashMap<>();
    private final boolean smoke;

    MicroRounds(boolean smoke) {
        this.smoke = smoke;
    }

    /** Runs some methods one after the other. */
    void round(List<String> methods) throws RunnerException {
        for (String method : methods) {
            run(options().include(ANY + method + "$"));
        }
    }

    /** Runs all methods but some. */
    void roundWithout(List<String> methods) throws RunnerException {
        ChainedOptionsBuilder options = options().include(ANY);
        methods.forEach(method -> options.exclude(ANY + method + "$"));
        run(options);
    }

    private ChainedOptionsBuilder options() {
        TimeValue time = TimeValue.milliseconds(smoke ? 10 : 100);
        return new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(smoke ? 0 : 1)
                .warmupIterations(smoke ? 1 : 3)
                .warmupTime(time)
                .measurementIterations(smoke ? 1 : 5)
                .measurementTime(time)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    private void run(ChainedOptionsBuilder options) throws RunnerException {
        for (RunResult result : new Runner(options.build()).run()) {
            samples.computeIfAbsent(result.getPrimaryResult().getLabel(), label -> new Samples())
                    .add(result.getPrimaryResult().getScore());
        }
    }

    /** {@return nanoseconds of an operation, by the name of the method} */
    Map<String, Samples> samples() {
        return samples;
    }
}

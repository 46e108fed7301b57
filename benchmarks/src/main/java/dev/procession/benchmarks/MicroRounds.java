package dev.procession.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one process does alone, measured by JMH: in each round every method once, in a JVM of its own, so that what
 * disturbs a round disturbs all of them.
 */
final class MicroRounds {
    private final Map<String, Samples> samples = new LinkedHashMap<>();
    private final boolean smoke;

    MicroRounds(boolean smoke) {
        this.smoke = smoke;
    }

    void round() throws RunnerException {
        TimeValue time = TimeValue.milliseconds(smoke ? 10 : 100);
        OptionsBuilder options = new OptionsBuilder();
        options.include("^" + MicroRounds.class.getPackageName() + "\\.[A-Za-z]+Micro\\.")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(smoke ? 0 : 1)
                .warmupIterations(smoke ? 1 : 3)
                .warmupTime(time)
                .measurementIterations(smoke ? 1 : 5)
                .measurementTime(time)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
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

package dev.procession.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the suites that are asked for, one after the other. */
final class Suites {
    private Suites() {}

    /**
     * Measures and writes.
     *
     * @param arguments the suites with commas between them, the number of rounds of the suite {@code start}, whether it is a
     *     smoke run, the directory of the Python scripts, the Markdown file, the directory for JSON
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[1]);
        boolean smoke = Boolean.parseBoolean(arguments[2]);
        Path scripts = Path.of(arguments[3]);
        Path page = Path.of(arguments[4]).normalize();
        Path json = Files.createDirectories(Path.of(arguments[5]));
        for (String suite : List.of(arguments[0].split(",", -1))) {
            switch (suite.strip()) {
                case "start" -> StartBenchmark.run(smoke ? 1 : rounds, scripts.resolve("start.py"), smoke, page);
                case "primitives" ->
                    PrimitivesBenchmark.run(
                            smoke, scripts.resolve("primitives.py"), page, json.resolve("primitives.json"));
                case "pool" -> PoolBenchmark.run(smoke, scripts.resolve("pool.py"), page, json.resolve("pool.json"));
                default ->
                    throw new IllegalArgumentException(
                            "bench.suite must be of start, primitives, pool: bench.suite=" + arguments[0]);
            }
        }
    }
}

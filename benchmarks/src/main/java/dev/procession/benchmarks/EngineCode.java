package dev.procession.benchmarks;

import dev.procession.plugin.sort.FileSorter;
import dev.procession.plugin.work.WorkerCode;
import dev.procession.pool.ProcessPool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The jars that the plugin's workers run, as the plugin itself gives them to them. */
final class EngineCode {
    private EngineCode() {}

    static WorkerCode forWorkers(Setting setting) throws IOException {
        return new WorkerCode(
                List.of(placeOf(FileSorter.class), placeOf(ProcessPool.class)), setting.directory("cache"));
    }

    private static Path placeOf(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}

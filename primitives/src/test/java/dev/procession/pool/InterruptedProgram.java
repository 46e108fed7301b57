package dev.procession.pool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that is ended while it waits for its pool. */
final class InterruptedProgram {
    private InterruptedProgram() {}

    public static void main(String[] arguments) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("interrupted");
            try {
                // Long enough for the pool to see that its workers are gone.
                Thread.sleep(600);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        String folder = arguments[0];
        ProcessPool pool = ProcessPool.open(PoolOptions.builder().workers(2).build());
        pool.map(
                x -> {
                    Path part = Path.of(folder, "part-" + x);
                    Files.writeString(
                            part, Long.toString(ProcessHandle.current().pid()));
                    Files.move(part, Path.of(folder, "pid-" + x));
                    Thread.sleep(60_000);
                    return x;
                },
                List.of(0, 1),
                1);
    }
}

package dev.procession.benchmarks;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildSpares;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts and joins a child with an empty body. */
final class EmptyChild implements Contender {
    /** Long enough for a spare to boot and to get warm; nothing tells that it has. */
    private static final long BOOT_MILLIS = 250;

    private final String name;
    private final ChildOptions options;
    private final @Nullable ChildSpares spares;

    EmptyChild(String name, ChildOptions options, @Nullable ChildSpares spares) {
        this.name = name;
        this.options = options;
        this.spares = spares;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        ChildProcess child = ChildProcess.of(options, EmptyChild::nothing);
        child.start();
        child.join();
        double millis = (System.nanoTime() - begin) / 1e6;
        child.joinOrThrow();
        return millis;
    }

    private static void nothing() {
        // The start is what is measured.
    }

    @Override
    public void settle() throws InterruptedException {
        if (spares != null) {
            TimeUnit.MILLISECONDS.sleep(BOOT_MILLIS);
        }
    }

    @Override
    public void close() {
        if (spares != null) {
            spares.close();
        }
    }
}

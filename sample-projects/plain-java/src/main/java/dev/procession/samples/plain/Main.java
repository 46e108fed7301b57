package dev.procession.samples.plain;

import dev.procession.pool.PoolOptions;
import dev.procession.pool.ProcessPool;
import dev.procession.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** Starts a child from a lambda, one from a class, and a child of a child; then lets a pool compute a sum. */
public final class Main {
    private Main() {}

    /** Prints what the children say, and the result. */
    public static void main(String[] arguments) throws Exception {
        String how = Main.class.getModule().isNamed() ? "the module path" : "the class path";
        joined(ChildProcess.of(() -> System.out.println("hello from a child on " + how)));
        joined(new Letters("procession"));
        joined(ChildProcess.of(() -> joined(new Letters("grandchild"))));

        try (ProcessPool pool = ProcessPool.open(PoolOptions.builder().workers(2).build())) {
            List<Future<Integer>> squares = new ArrayList<>();
            for (int i = 1; i <= 10; i++) {
                int number = i;
                squares.add(pool.submit(() -> number * number));
            }
            int sum = 0;
            for (Future<Integer> square : squares) {
                sum += square.get();
            }
            System.out.println("1 + 4 + ... + 100 = " + sum);
        }
    }

    private static void joined(ChildProcess child) throws InterruptedException {
        child.start();
        child.joinOrThrow();
    }
}

package dev.procession.stress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Pairs of handles of the same objects, made once. The harness makes a million states a second, and one object in shared
 * memory costs more than that; so each new state takes the next pair. There are more of them than states at a time (see
 * {@code strideSize} and {@code strideCount} in the pom), so that no two states have the same.
 *
 * @param <H> the handles
 */
final class Pool<H> {
    /** Four times the states that there are at a time. */
    static final int SIZE = 2048;

    private final Object[] first = new Object[SIZE];
    private final Object[] second = new Object[SIZE];
    private final AtomicInteger next = new AtomicInteger();

    private Pool() {}

    static <H> Pool<H> of(IntFunction<H> first, IntFunction<H> second) {
        Pool<H> pool = new Pool<>();
        for (int number = 0; number < SIZE; number++) {
            pool.first[number] = first.apply(number);
            pool.second[number] = second.apply(number);
        }
        return pool;
    }

    int take() {
        return next.getAndIncrement() & (SIZE - 1);
    }

    @SuppressWarnings("unchecked") // of() put it in
    H first(int number) {
        return (H) first[number];
    }

    @SuppressWarnings("unchecked") // of() put it in
    H second(int number) {
        return (H) second[number];
    }
}

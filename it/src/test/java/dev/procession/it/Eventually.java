package dev.procession.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits until something is so, with a deadline. */
final class Eventually {
    /** Short: what the tests wait for lasts for some hundred milliseconds. */
    private static final long PAUSE_MILLIS = 2;

    private Eventually() {}

    static void until(Duration limit, Supplier<String> otherwise, Callable<Boolean> condition) throws Exception {
        found(limit, otherwise, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** Asks again and again until there is a value. */
    static <T> T found(Duration limit, Supplier<String> otherwise, Callable<Optional<T>> search) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        Optional<T> value = search.call();
        while (value.isEmpty()) {
            if (System.nanoTime() - deadline >= 0) {
                fail("not within " + limit + ": " + otherwise.get());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            value = search.call();
        }
        return value.get();
    }
}

package dev.procession.benchmarks;

import dev.procession.session.Session;
import dev.procession.shared.SharedLong;
import dev.procession.shared.SharedLongArray;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Shared data that nobody else uses now. */
@State(Scope.Benchmark)
public class SharedMicro {
    private static final int LENGTH = 1024;

    private final Session session = Session.create();
    private final SharedLong number = SharedLong.create(session, 0);
    private final AtomicLong atomic = new AtomicLong();
    private final SharedLongArray array = SharedLongArray.create(session, LENGTH);
    private final long[] local = new long[LENGTH];
    private int at;

    /** Leaves the session. */
    @TearDown
    public void close() {
        session.close();
    }

    /** Of java.util.concurrent. */
    @Benchmark
    public long atomicAdd() {
        return atomic.getAndAdd(3);
    }

    /** Ours. */
    @Benchmark
    public long sharedAdd() {
        return number.getAndAdd(3);
    }

    /** An array of Java: += 1. */
    @Benchmark
    public long localArray() {
        int index = at++ & (LENGTH - 1);
        return local[index] += 1;
    }

    /** Ours: += 1, plain. */
    @Benchmark
    public long sharedArray() {
        int index = at++ & (LENGTH - 1);
        long value = array.getPlain(index) + 1;
        array.setPlain(index, value);
        return value;
    }

    /** Ours: a volatile read. */
    @Benchmark
    public long sharedArrayVolatileGet() {
        return array.get(at++ & (LENGTH - 1));
    }
}

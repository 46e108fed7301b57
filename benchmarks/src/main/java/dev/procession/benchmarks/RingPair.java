package dev.procession.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Numbers through a ring of Agrona, between two threads of this process that never sleep: what a queue could reach if its
 * users could not die, and nobody else needed the processors.
 */
final class RingPair implements PairContender {
    private static final int CAPACITY = 1 << 20;
    private static final int KIND = 1;
    private static final long PATIENCE_SECONDS = 60;

    private final String name;
    private final RingBuffer ring;

    private RingPair(String name, Function<AtomicBuffer, RingBuffer> maker) {
        this.name = name;
        // Eight-byte alignment is what its longs need; an array has it only by chance.
        ring = maker.apply(
                new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    static PairContender manyToOne() {
        return new RingPair("Agrona `ManyToOneRingBuffer`, two threads", ManyToOneRingBuffer::new);
    }

    static PairContender oneToOne() {
        return new RingPair("Agrona `OneToOneRingBuffer`, two threads", OneToOneRingBuffer::new);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Cost run(int times) throws Exception {
        long cpu = Pair.cpuNanos();
        long begin = System.nanoTime();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> take(times));
        put(times);
        reader.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long nanos = System.nanoTime() - begin;
        return new Cost((double) nanos / times, (double) (Pair.cpuNanos() - cpu) / times);
    }

    private void put(int times) {
        UnsafeBuffer message = new UnsafeBuffer(new byte[Long.BYTES]);
        for (long i = 0; i < times; i++) {
            message.putLong(0, i);
            while (!ring.write(KIND, message, 0, Long.BYTES)) {
                Thread.onSpinWait();
            }
        }
    }

    private void take(int times) {
        long[] next = new long[1];
        while (next[0] < times) {
            int read = ring.read((kind, buffer, index, length) -> {
                if (buffer.getLong(index) != next[0]++) {
                    throw new IllegalStateException("out of order: " + next[0]);
                }
            });
            if (read == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {
        // The memory is the collector's.
    }
}

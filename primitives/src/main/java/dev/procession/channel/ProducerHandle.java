package dev.procession.channel;

import dev.procession.internal.participant.HandleForm;
import dev.procession.internal.waiting.Deadline;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A producer's handle: a queue's handle of its own, and a place among those that the queue waits for. */
@SuppressWarnings("serial") // it never travels itself: see writeReplace
final class ProducerHandle<E> implements ProcessQueue.Producer<E>, Serializable {
    private static final long serialVersionUID = 1L;

    private static final Cleaner CLEANER = Cleaner.create();

    private final transient QueueHandle<E> queue;
    private final transient Place place;
    private final transient Cleaner.Cleanable cleanable;

    ProducerHandle(QueueHandle<E> queue) {
        this.queue = queue;
        this.place = new Place(queue);
        this.cleanable = CLEANER.register(this, place);
    }

    /** What is given up when the producer is closed, or lost. */
    private static final class Place implements Runnable {
        private final QueueHandle<?> queue;
        private final AtomicBoolean left = new AtomicBoolean();

        Place(QueueHandle<?> queue) {
            this.queue = queue;
            queue.core.producerCame();
        }

        @Override
        public void run() {
            if (left.compareAndSet(false, true)) {
                if (!queue.attachment.isClosed()) {
                    queue.core.producerLeft();
                }
                queue.close();
            }
        }
    }

    private void requireOpen() {
        if (place.left.get()) {
            throw new IllegalStateException("this producer of " + queue.core.label + " is closed: make another one");
        }
    }

    @Override
    public void put(E item) throws InterruptedException {
        requireOpen();
        queue.offer(item, Deadline.NEVER, true);
    }

    @Override
    public boolean offer(E item) {
        requireOpen();
        return queue.offerNow(item, true);
    }

    @Override
    public boolean offer(E item, Duration timeout) throws InterruptedException {
        requireOpen();
        return queue.offer(item, QueueHandle.deadline(timeout), true);
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    @Override
    public String toString() {
        return "producer of " + queue;
    }

    /** What travels in its place. */
    private Object writeReplace() {
        requireOpen();
        HandleForm form = queue.attachment.form();
        queue.core.producerGoesTo(form.reserved());
        return new Form<>(queue);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a producer travels as its form");
    }

    private record Form<E>(QueueHandle<E> queue) implements Serializable {
        Object readResolve() {
            return new ProducerHandle<>(queue);
        }
    }
}

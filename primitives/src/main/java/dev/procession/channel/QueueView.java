package dev.procession.channel;

import dev.procession.DecodingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A queue as a {@code BlockingQueue}. What looks at the items works on a copy of them, made at one moment while nobody took any;
 * what removes one from the middle does so only if it is still there. At the end of the queue {@code poll} returns null, and
 * {@code take} and {@code put} throw {@link QueueEndedException}.
 */
final class QueueView<E> extends AbstractQueue<E> implements BlockingQueue<E> {
    private final QueueHandle<E> queue;

    QueueView(QueueHandle<E> queue) {
        this.queue = queue;
    }

    @Override
    public void put(E item) throws InterruptedException {
        queue.put(item);
    }

    @Override
    public boolean offer(E item) {
        return queue.offer(item);
    }

    @Override
    public boolean offer(E item, long timeout, TimeUnit unit) throws InterruptedException {
        return queue.offer(item, timeout, unit);
    }

    @Override
    public E take() throws InterruptedException {
        return queue.take();
    }

    @Override
    public @Nullable E poll() {
        return queue.pollOrNull();
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            return queue.poll(timeout, unit);
        } catch (QueueEndedException e) {
            return null;
        }
    }

    @Override
    public @Nullable E peek() {
        return queue.peek();
    }

    @Override
    public int size() {
        return queue.size();
    }

    @Override
    public int remainingCapacity() {
        return queue.remainingCapacity();
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super E> target, int maxItems) {
        return queue.drainTo(target, maxItems);
    }

    /** Whether this is a view of that queue, by whatever handle. */
    boolean isOf(QueueCore core) {
        return queue.core.participant == core.participant && queue.core.block.equals(core.block);
    }

    private E decoded(Found found) {
        try {
            return queue.codec.decode(ByteBuffer.wrap(found.bytes()));
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            throw new DecodingException(
                    queue.core.label + ": item " + found.seq() + " cannot be decoded by " + queue.codec + ": " + e, e);
        }
    }

    @Override
    public boolean contains(@Nullable Object wanted) {
        for (Found found : queue.look()) {
            if (decoded(found).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean remove(@Nullable Object wanted) {
        for (Found found : queue.look()) {
            if (decoded(found).equals(wanted) && queue.core.remove(found)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Iterator<E> iterator() {
        Iterator<Found> items = queue.look().iterator();
        return new Iterator<>() {
            private @Nullable Found last;

            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public E next() {
                if (!items.hasNext()) {
                    throw new NoSuchElementException("no more items");
                }
                Found next = items.next();
                last = next;
                return decoded(next);
            }

            @Override
            public void remove() {
                Found removed = last;
                if (removed == null) {
                    throw new IllegalStateException("next() first, and remove() once for each");
                }
                last = null;
                queue.core.remove(removed); // if it was taken meanwhile, it is gone as well
            }
        };
    }

    @Override
    public String toString() {
        return queue.toString();
    }
}

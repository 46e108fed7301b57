package dev.procession.manager;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a queue is asked from afar. */
interface QueueCalls {
    @Waits
    boolean offer(Object value, long nanos) throws InterruptedException;

    @Nullable
    @Waits
    Object poll(long nanos) throws InterruptedException;

    @Nullable
    Object peek();

    int size();

    int remainingCapacity();

    boolean remove(Object value);

    List<Object> drain(int most);

    List<Object> all();

    void clear();

    void taskDone();

    @Waits
    boolean join(long nanos) throws InterruptedException;

    int unfinished();
}

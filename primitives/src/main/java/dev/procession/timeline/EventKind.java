package dev.procession.timeline;

import dev.procession.internal.record.EventCode;

/**
 * What kind of thing happened, and what an event's object and value then are. A participant is one process in one
 * session, as {@link TimelineProcess#participant()} names it.
 */
public enum EventKind {
    /**
     * This process started a child, which need not take part in the session; the object is the child, of the type
     * {@code process} and by its name, the value its pid.
     */
    PROCESS_STARTED(EventCode.PROCESS_STARTED),
    /** This process joined the session; the value is the pid of the process that started it, 0 if it is no child. */
    ATTACHED(EventCode.ATTACHED),
    /** This process is about to end by itself, or by a signal that lets it. */
    EXITING(EventCode.EXITING),
    /**
     * A child of this process was seen to have ended; the object is the same as in {@link #PROCESS_STARTED}, the value the exit
     * code (-n: by signal n).
     */
    PROCESS_ENDED(EventCode.PROCESS_ENDED),
    /**
     * This process ends a child because nobody needs it any more, as a pool that closes does with workers that are still
     * starting; the object is the same as in {@link #PROCESS_STARTED}. The signal in the {@link #PROCESS_ENDED} that follows is
     * this process's own then, and no accident.
     */
    PROCESS_DISMISSED(EventCode.PROCESS_DISMISSED),
    /**
     * How much processor time this process had used until now; the value is nanoseconds, as exact as the system tells it (10 ms
     * on Linux). It is looked at when the process joins the session, every 200 ms, and at its end, and recorded when it is more
     * than before: of an idle process there is none.
     */
    PROCESSOR_TIME(EventCode.PROCESSOR_TIME),

    /** The thread begins to wait for the object; the value is how much it wants, such as permits. */
    WAIT_BEGIN(EventCode.WAIT_BEGIN),
    /** What was waited for has come, and nothing is held by that: an event is set, a barrier has tripped, a child has ended. */
    WAIT_END(EventCode.WAIT_END),
    /** The time for waiting is over. */
    WAIT_TIMED_OUT(EventCode.WAIT_TIMED_OUT),
    /** The waiting thread was interrupted. */
    WAIT_INTERRUPTED(EventCode.WAIT_INTERRUPTED),
    /** The thread has the object; the value is how much of it, such as permits. */
    ACQUIRED(EventCode.ACQUIRED),
    /** The thread gives the object back; the value is how much of it. */
    RELEASED(EventCode.RELEASED),
    /** The object was taken over from an owner that died; the value is the dead owner's participant. */
    OWNER_DIED(EventCode.OWNER_DIED),
    /** What a dead owner left half done was set right. */
    REPAIRED(EventCode.REPAIRED),

    /** An event, flag or latch was set. */
    SET(EventCode.SET),
    /** An event or flag was cleared. */
    CLEARED(EventCode.CLEARED),
    /** A condition was signalled; the value is how many waiters that woke, 0 if none was there. */
    SIGNALLED(EventCode.SIGNALLED),
    /** A waiting process was rung; the object is what it waits for, the value the participant that was rung. */
    RING_SENT(EventCode.RING_SENT),
    /** A ring came for the object; it belongs to the last {@link #RING_SENT} for this object to this participant. */
    RING_RECEIVED(EventCode.RING_RECEIVED),
    /** A waiter found by its own recheck what no ring had told it. */
    RESCUED(EventCode.RESCUED),

    /** The thread came to a barrier; the value is its arrival index. */
    BARRIER_ARRIVED(EventCode.BARRIER_ARRIVED),
    /** The barrier let its parties go; the value is the generation. */
    BARRIER_TRIPPED(EventCode.BARRIER_TRIPPED),
    /** The barrier broke; the value is the generation. */
    BARRIER_BROKEN(EventCode.BARRIER_BROKEN),
    /** The barrier was reset; the value is the new generation. */
    BARRIER_RESET(EventCode.BARRIER_RESET),

    /** The number of available permits changed to the value. */
    PERMITS(EventCode.PERMITS),
    /** The value was written. */
    VALUE_WRITTEN(EventCode.VALUE_WRITTEN),

    /** An item was put; the value is its number in the queue. */
    QUEUE_PUT(EventCode.QUEUE_PUT),
    /** An item was taken; the value is its number in the queue. */
    QUEUE_TAKEN(EventCode.QUEUE_TAKEN),
    /** The queue's length changed to the value. */
    QUEUE_SIZE(EventCode.QUEUE_SIZE),
    /** The work on a taken item is done; the value is its number in the queue. */
    QUEUE_DONE(EventCode.QUEUE_DONE),
    /** An item of a consumer that died is given out again; the value is its number in the queue. */
    QUEUE_REDELIVERED(EventCode.QUEUE_REDELIVERED),

    /** A task begins in a pool's worker; the object is the task, of the type {@code task} and by its text, the value its number in the worker. */
    TASK_BEGIN(EventCode.TASK_BEGIN),
    /** A task ended with a result; the value is its number. */
    TASK_END(EventCode.TASK_END),
    /** A task ended with an exception; the value is its number. */
    TASK_FAILED(EventCode.TASK_FAILED),

    /** A message was sent into the channel that is the object; the value is its number. */
    MESSAGE_SENT(EventCode.MESSAGE_SENT),
    /** A message was received from the channel that is the object; the value is its number. */
    MESSAGE_RECEIVED(EventCode.MESSAGE_RECEIVED),
    /** An end of the channel was closed. */
    CHANNEL_CLOSED(EventCode.CHANNEL_CLOSED),

    /** The program's own mark, with words. */
    MARK(EventCode.MARK),
    /** The program's own span of time begins, with words; it ends at the same thread's {@link #SPAN_END} with the same words. */
    SPAN_BEGIN(EventCode.SPAN_BEGIN),
    /** The program's own span of time ends, with words. */
    SPAN_END(EventCode.SPAN_END);

    private final int code;

    EventKind(int code) {
        this.code = code;
    }

    /** {@return the number of this kind, from 1 to 255} It stays the same in all versions of the library. */
    public int code() {
        return code;
    }

    /** {@return whether an event of this kind carries words} Its value is then their number. */
    public boolean hasText() {
        return this == MARK || this == SPAN_BEGIN || this == SPAN_END;
    }
}

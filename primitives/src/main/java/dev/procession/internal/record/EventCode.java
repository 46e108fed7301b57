package dev.procession.internal.record;

/**
 * What kinds of events are called in the ring: numbers from 1 to 255 that never change their meaning. What an event's
 * object and value are, {@code EventKind} says for each.
 */
public final class EventCode {
    public static final int PROCESS_STARTED = 1;
    public static final int ATTACHED = 2;
    public static final int EXITING = 3;
    public static final int PROCESS_ENDED = 4;
    public static final int PROCESSOR_TIME = 5;
    public static final int PROCESS_DISMISSED = 6;

    public static final int WAIT_BEGIN = 10;
    public static final int WAIT_END = 11;
    public static final int WAIT_TIMED_OUT = 12;
    public static final int WAIT_INTERRUPTED = 13;
    public static final int ACQUIRED = 14;
    public static final int RELEASED = 15;
    public static final int OWNER_DIED = 16;
    public static final int REPAIRED = 17;

    public static final int SET = 20;
    public static final int CLEARED = 21;
    public static final int SIGNALLED = 22;
    public static final int RING_SENT = 23;
    public static final int RING_RECEIVED = 24;
    public static final int RESCUED = 25;

    public static final int BARRIER_ARRIVED = 30;
    public static final int BARRIER_TRIPPED = 31;
    public static final int BARRIER_BROKEN = 32;
    public static final int BARRIER_RESET = 33;

    public static final int PERMITS = 40;
    public static final int VALUE_WRITTEN = 41;

    public static final int QUEUE_PUT = 50;
    public static final int QUEUE_TAKEN = 51;
    public static final int QUEUE_SIZE = 52;
    public static final int QUEUE_DONE = 53;
    public static final int QUEUE_REDELIVERED = 54;

    public static final int TASK_BEGIN = 60;
    public static final int TASK_END = 61;
    public static final int TASK_FAILED = 62;

    public static final int MESSAGE_SENT = 70;
    public static final int MESSAGE_RECEIVED = 71;
    public static final int CHANNEL_CLOSED = 72;

    public static final int MARK = 80;
    public static final int SPAN_BEGIN = 81;
    public static final int SPAN_END = 82;

    private EventCode() {}
}

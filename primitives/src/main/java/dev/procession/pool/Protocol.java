package dev.procession.pool;

/**
 * What a pool and its workers say to each other. All numbers are big-endian.
 *
 * <pre>
 *   to a worker:    message = commands one behind the other; command = kind (byte) | length (int) | content
 *   from a worker:  message = one answer;                    answer  = kind (byte) | sequence (int) | nanos (long) | content
 * </pre>
 *
 * <p>A worker runs its tasks in the order in which they came, and an answer leaves in one write before the next task is begun.
 * So when a worker dies, the first task without an answer is the one that it ran, and the others behind it were not begun.
 * {@code sequence} counts the tasks that were sent to one worker.
 */
final class Protocol {
    /** sequence (int) | serialized Callable. */
    static final int TASK = 1;
    /** sequence (int) | id of the function (int) | whether a failure ends it (byte) | column of items. */
    static final int CHUNK = 2;
    /** id (int) | serialized object, which tasks refer to by its id. */
    static final int LEARN = 3;
    /** id (int). */
    static final int FORGET = 4;
    /** sequence (int) | whether to end the process if this task is running (byte). */
    static final int CANCEL = 5;
    /** Nothing: give back the tasks that were not begun. */
    static final int GIVE_BACK = 6;
    /** Nothing: end. */
    static final int END = 7;
    /**
     * id of the pool (long) | length (int) | path of the session that tasks are recorded in, or nothing | the serialized
     * initializer, or nothing; the first command.
     */
    static final int INITIALIZE = 8;

    /** Nothing: the initializer has returned. */
    static final int READY = 1;
    /** A failure: the initializer has thrown; the worker ends. */
    static final int START_FAILED = 2;
    /** Column of one value. */
    static final int RESULT = 3;
    /** Whether the task could not be decoded (byte) | failure. */
    static final int FAILURE = 4;
    /** Outcomes one behind the other, {@link #VALUES} or {@link #FAILED}. */
    static final int CHUNK_DONE = 5;
    /** Nothing: the cancelled task was not begun. */
    static final int DROPPED = 6;
    /** count (int) | sequences. */
    static final int GIVEN_BACK = 7;
    /** Nothing: the worker begins no other task, and ends. */
    static final int LEAVING = 8;
    /** index in the chunk (int): the process exits while it runs this item. */
    static final int EXITING_AT = 9;

    /** In a chunk's answer: column of values. */
    static final int VALUES = 0;
    /** In a chunk's answer: length (int) | failure. */
    static final int FAILED = 1;

    /** The exit code of a worker that was told to end a running task. Only has to differ from 128 plus a signal. */
    static final int CANCELLED_EXIT = 86;

    private Protocol() {}
}

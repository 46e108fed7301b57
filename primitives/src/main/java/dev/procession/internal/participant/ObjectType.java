package dev.procession.internal.participant;

/** What a block of the heap is. The code stands in the block's header; a code is never given a second meaning. */
public enum ObjectType {
    LOCK(1, "lock", "dev.procession.sync.LockHandle"),
    REENTRANT_LOCK(2, "reentrant lock", "dev.procession.sync.LockHandle"),
    CONDITION(3, "condition", "dev.procession.sync.ConditionHandle"),
    EVENT(4, "event", "dev.procession.sync.EventHandle"),
    SEMAPHORE(5, "semaphore", "dev.procession.sync.SemaphoreHandle"),
    LEASED_SEMAPHORE(6, "leased semaphore", "dev.procession.sync.SemaphoreHandle"),
    BARRIER(7, "barrier", "dev.procession.sync.BarrierHandle"),
    BYTES(8, "bytes", "dev.procession.shared.Shape"),
    NUMBER(9, "number", "dev.procession.shared.Shape"),
    ARRAY(10, "array", "dev.procession.shared.Shape"),
    RECORD(11, "record", "dev.procession.shared.Shape"),
    RECORDER(12, "event record"),
    WAIT_TABLE(13, "wait table"),
    WAITER_CHUNK(14, "condition waiters"),
    LIST(20, "list", "dev.procession.shared.SharedList"),
    PIPE(24, "pipe", "dev.procession.channel.PipeEndHandle"),
    QUEUE(30, "queue", "dev.procession.channel.QueueHandle"),
    JOINABLE_QUEUE(31, "joinable queue", "dev.procession.channel.QueueHandle"),
    QUEUE_ITEM(32, "queue item"),
    QUEUE_EXTENT(33, "queue extent");

    private final int code;
    private final String label;
    private final String handle;

    ObjectType(int code, String label) {
        this(code, label, "");
    }

    ObjectType(int code, String label, String handle) {
        this.code = code;
        this.label = label;
        this.handle = handle;
    }

    /** {@return the class that knows how to describe objects of this type once it is initialized; empty if none does} */
    String handle() {
        return handle;
    }

    /** {@return the number in the block's header} */
    public int code() {
        return code;
    }

    /** {@return how messages call it} */
    public String label() {
        return label;
    }

    /** {@return how messages call one of them} */
    public String withArticle() {
        return ("aeiou".indexOf(label.charAt(0)) < 0 ? "a " : "an ") + label;
    }

    /** {@return the type with a code} */
    public static ObjectType of(int code) {
        for (ObjectType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalStateException("no type has the code " + code);
    }
}

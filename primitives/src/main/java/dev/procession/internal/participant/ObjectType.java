package dev.procession.internal.participant;

/** What a block of the heap is. The code stands in the block's header; a code is never given a second meaning. */
public enum ObjectType {
    LOCK(1, "lock"),
    REENTRANT_LOCK(2, "reentrant lock"),
    CONDITION(3, "condition"),
    EVENT(4, "event"),
    SEMAPHORE(5, "semaphore"),
    LEASED_SEMAPHORE(6, "leased semaphore"),
    BARRIER(7, "barrier"),
    BYTES(8, "bytes"),
    NUMBER(9, "number"),
    ARRAY(10, "array"),
    RECORD(11, "record"),
    RECORDER(12, "event record"),
    WAIT_TABLE(13, "wait table"),
    WAITER_CHUNK(14, "condition waiters"),
    LIST(20, "list"),
    QUEUE(30, "queue"),
    JOINABLE_QUEUE(31, "joinable queue"),
    QUEUE_ITEM(32, "queue item"),
    QUEUE_EXTENT(33, "queue extent");

    private final int code;
    private final String label;

    ObjectType(int code, String label) {
        this.code = code;
        this.label = label;
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

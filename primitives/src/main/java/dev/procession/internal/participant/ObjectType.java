package dev.procession.internal.participant;

/** What a block of the heap is. The code stands in the block's header; a code is never given a second meaning. */
public enum ObjectType {
    LOCK(1, "lock", "dev.procession.sync.SyncDescriptions"),
    REENTRANT_LOCK(2, "reentrant lock", "dev.procession.sync.SyncDescriptions"),
    CONDITION(3, "condition", "dev.procession.sync.SyncDescriptions"),
    EVENT(4, "event", "dev.procession.sync.SyncDescriptions"),
    SEMAPHORE(5, "semaphore", "dev.procession.sync.SyncDescriptions"),
    LEASED_SEMAPHORE(6, "leased semaphore", "dev.procession.sync.SyncDescriptions"),
    BARRIER(7, "barrier", "dev.procession.sync.SyncDescriptions"),
    BYTES(8, "bytes", "dev.procession.shared.SharedDescriptions"),
    NUMBER(9, "number", "dev.procession.shared.SharedDescriptions"),
    ARRAY(10, "array", "dev.procession.shared.SharedDescriptions"),
    RECORD(11, "record", "dev.procession.shared.SharedDescriptions"),
    RECORDER(12, "event record"),
    WAIT_TABLE(13, "wait table"),
    WAITER_CHUNK(14, "condition waiters"),
    LIST(20, "list", "dev.procession.shared.SharedDescriptions"),
    PIPE(24, "pipe", "dev.procession.channel.ChannelDescriptions"),
    QUEUE(30, "queue", "dev.procession.channel.ChannelDescriptions"),
    JOINABLE_QUEUE(31, "joinable queue", "dev.procession.channel.ChannelDescriptions"),
    QUEUE_ITEM(32, "queue item"),
    QUEUE_EXTENT(33, "queue extent");

    private final int code;
    private final String label;
    private final String descriptions;

    ObjectType(int code, String label) {
        this(code, label, "");
    }

    ObjectType(int code, String label, String descriptions) {
        this.code = code;
        this.label = label;
        this.descriptions = descriptions;
    }

    /** {@return the class that knows how to describe objects of this type once it is initialized; empty if none does} */
    String descriptions() {
        return descriptions;
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

package dev.procession.internal.wire;

/** What a frame carries. */
public enum FrameType {
    /** To the child: who it is and what it runs; the first message. */
    START(1),
    /** Both ways: bytes that only the two bodies understand. */
    MESSAGE(2),
    /** To the child: end in order, as after SIGTERM, where there are no signals. */
    TERMINATE(3),
    /** From the child: bytes that it wrote to its standard output. */
    OUTPUT(4),
    /** From the child: bytes that it wrote to its standard error. */
    ERROR_OUTPUT(5),
    /** From the child: the exception that ended its body. */
    FAILURE(6),
    /** From the child: it ends; one byte tells whether by itself (1) or after a signal (0). */
    EXITING(7);

    private static final FrameType[] VALUES = values();

    private final byte code;

    FrameType(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    /** Whether each frame is handed over as it comes. */
    boolean isStream() {
        return this == OUTPUT || this == ERROR_OUTPUT;
    }

    static FrameType of(int code) {
        if (code < 1 || code > VALUES.length) {
            throw new IllegalStateException("frame of an unknown type: code=" + code);
        }
        return VALUES[code - 1];
    }
}

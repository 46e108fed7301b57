package dev.procession.sync;

/** Why a generation of a barrier ended without a pass. The code stands in shared memory. */
enum BarrierEnd {
    DIED(1),
    TIMED_OUT(2),
    INTERRUPTED(3),
    ABORTED(4),
    ACTION_FAILED(5),
    RESET(6),
    LEFT(7);

    private static final BarrierEnd[] ALL = values();

    private final int code;

    BarrierEnd(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static BarrierEnd of(int code) {
        return ALL[code - 1];
    }
}

package dev.procession.models;

/** Who or what makes a step: this decides which steps a recovery may count on. */
enum StepKind {
    /** The program goes on. */
    RUN(true),
    /** A waiter looks again without having been rung; switched off where a model must do without rescues. */
    RECHECK(true),
    /** A waiter's time is over, or it is interrupted; nothing may depend on that. */
    TIMEOUT(false),
    /** A ring gets lost: a socket's buffer was full, or the descriptor was gone. */
    LOSS(false),
    /** A process or a thread is gone, with all that it knew; nothing may depend on that. */
    CRASH(false);

    /** Whether "it ends well" may rely on such a step. */
    final boolean dependable;

    StepKind(boolean dependable) {
        this.dependable = dependable;
    }
}

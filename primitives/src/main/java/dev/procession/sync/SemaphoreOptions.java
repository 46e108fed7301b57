package dev.procession.sync;

/** How a semaphore is made. Immutable; each method returns a changed copy. */
public final class SemaphoreOptions {
    static final long LEASED = 1;
    static final long BOUNDED = 2;
    static final long OF_PROCESS = 4;

    private final long flags;

    private SemaphoreOptions(long flags) {
        this.flags = flags;
    }

    /**
     * Permits that belong to nobody once they are acquired: any process may release them, more often than they were
     * acquired too. For signals, such as a number of items. What a process acquired and did not release is gone when it
     * dies.
     *
     * @return unbounded
     */
    public static SemaphoreOptions counting() {
        return new SemaphoreOptions(0);
    }

    /**
     * Permits that are leased: whoever acquired one has it until it is released, or until its thread or its process ends.
     * For limits, such as a number of connections.
     *
     * @return unbounded
     */
    public static SemaphoreOptions leased() {
        return new SemaphoreOptions(LEASED);
    }

    /** There can never be more permits than at first: a release beyond that is refused. */
    public SemaphoreOptions bounded() {
        return new SemaphoreOptions(flags | BOUNDED);
    }

    /**
     * Leased permits stay with the process when the thread that acquired them ends, because another thread of the process
     * will release them. Otherwise they are returned within 200 ms after the thread's end.
     *
     * @throws IllegalStateException if the permits are not leased
     */
    public SemaphoreOptions keptByProcess() {
        if ((flags & LEASED) == 0) {
            throw new IllegalStateException("only leased permits belong to anybody: call leased() first");
        }
        return new SemaphoreOptions(flags | OF_PROCESS);
    }

    /** {@return whether permits belong to who acquired them} */
    public boolean isLeased() {
        return (flags & LEASED) != 0;
    }

    /** {@return whether there can never be more permits than at first} */
    public boolean isBounded() {
        return (flags & BOUNDED) != 0;
    }

    /** {@return whether leased permits stay when the thread ends that acquired them} */
    public boolean isKeptByProcess() {
        return (flags & OF_PROCESS) != 0;
    }

    long flags() {
        return flags;
    }

    /** {@return how messages call such options} */
    static String text(long flags) {
        return ((flags & LEASED) == 0 ? "counting" : "leased")
                + ((flags & BOUNDED) == 0 ? "" : ", bounded")
                + ((flags & OF_PROCESS) == 0 ? "" : ", kept by the process");
    }

    @Override
    public String toString() {
        return text(flags);
    }
}

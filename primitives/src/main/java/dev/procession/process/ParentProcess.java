package dev.procession.process;

import dev.procession.internal.child.ParentLink;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The process that started this child. Its end is noticed through the pipe to it: no process id is asked. */
public final class ParentProcess {
    private final ParentLink link;

    ParentProcess(ParentLink link) {
        this.link = link;
    }

    /** {@return its name: {@code MainProcess}, or what its own parent called it} */
    public String name() {
        return link.start().parentName();
    }

    /** {@return its process id} */
    public long pid() {
        return link.start().parentPid();
    }

    /** {@return whether it still runs} */
    public boolean isAlive() {
        return link.isParentAlive();
    }

    /**
     * Waits until it has ended. A child that does not survive its parent is ended itself soon after.
     *
     * @param timeout how long to wait at most; zero or less does not wait
     * @return whether it has ended
     * @throws InterruptedException when this thread is interrupted while it waits
     */
    public boolean join(Duration timeout) throws InterruptedException {
        return link.awaitParentEnd(Math.max(0, TimeUnit.NANOSECONDS.convert(timeout)));
    }

    @Override
    public String toString() {
        return name() + " (pid " + pid() + ")";
    }
}

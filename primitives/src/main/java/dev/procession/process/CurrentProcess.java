package dev.procession.process;

import dev.procession.internal.child.ParentLink;
import dev.procession.internal.child.StartMessage;
import dev.procession.internal.child.TreeKey;
import java.util.concurrent.atomic.AtomicInteger;

/** This very process, whether a child of Procession's or not. There is one object of this class. */
public final class CurrentProcess {
    private static final CurrentProcess INSTANCE = new CurrentProcess();
    private static final String MAIN_NAME = "MainProcess";

    private final AtomicInteger children = new AtomicInteger();

    private CurrentProcess() {}

    static CurrentProcess instance() {
        return INSTANCE;
    }

    /** {@return the name that its parent gave it, or {@code MainProcess}} */
    public String name() {
        ParentLink link = ParentLink.current();
        return link == null ? MAIN_NAME : link.start().name();
    }

    /** {@return the process id, as the operating system knows it} */
    public long pid() {
        return ProcessHandle.current().pid();
    }

    /** {@return whether its parent may end while it runs; false in a process that is no child} */
    public boolean isDaemon() {
        ParentLink link = ParentLink.current();
        return link != null && link.start().daemon();
    }

    /** {@return true: who can ask is alive} */
    public boolean isAlive() {
        return true;
    }

    /**
     * The key that the processes of one tree share, so that they can prove to each other that they belong together. It
     * reaches children through a pipe, never by a command line or an environment.
     *
     * @return a copy, 32 bytes unless the first process of the tree was given another one
     */
    public byte[] authKey() {
        return TreeKey.get();
    }

    /** {@code Process-2}, and below a child {@code Process-2:1}, as in Python. */
    String nextChildName() {
        int number = children.incrementAndGet();
        ParentLink link = ParentLink.current();
        StartMessage start = link == null ? null : link.start();
        if (start != null && start.name().startsWith("Process-")) {
            return start.name() + ":" + number;
        }
        return "Process-" + number;
    }

    @Override
    public String toString() {
        return name() + " (pid " + pid() + ")";
    }
}

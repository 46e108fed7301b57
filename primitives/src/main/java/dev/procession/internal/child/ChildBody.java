package dev.procession.internal.child;

import java.io.Serializable;

/** What a child runs. It is serialized in the parent and run once in the child, on its main thread. */
public interface ChildBody extends Serializable {

    /**
     * Runs in the child.
     *
     * @return the exit code, 0 to 255
     * @throws Throwable ends the child with exit code 1; it is printed there, and carried to the parent
     */
    int runInChild() throws Throwable;
}

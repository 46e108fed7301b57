package dev.procession.process;

import java.io.Serializable;

/**
 * What a child process runs: a lambda or an object whose class is on the child's class path. It is serialized when the
 * child is started; the child works on its own copy.
 */
@FunctionalInterface
public interface ChildTask extends Serializable {

    /**
     * Runs in the child, on its main thread.
     *
     * @throws Exception ends the child with exit code 1; the parent can have it from {@link ChildProcess#exception()}
     */
    void run() throws Exception;
}

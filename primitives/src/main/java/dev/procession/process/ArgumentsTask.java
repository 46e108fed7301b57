package dev.procession.process;

import java.io.Serializable;
import java.util.List;

/** What a child process runs with arguments that are given apart from it; see {@link ChildProcess#of(ArgumentsTask, Object...)}. */
@FunctionalInterface
public interface ArgumentsTask extends Serializable {

    /**
     * Runs in the child, on its main thread.
     *
     * @param arguments the child's own copies of the arguments, in their order
     * @throws Exception ends the child with exit code 1; the parent can have it from {@link ChildProcess#exception()}
     */
    void run(List<Object> arguments) throws Exception;
}

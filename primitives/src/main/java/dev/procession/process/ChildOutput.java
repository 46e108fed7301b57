package dev.procession.process;

import java.io.PrintStream;

/** Takes what children print, one whole line at a time. It may be called from several threads at once. */
@FunctionalInterface
public interface ChildOutput {

    /**
     * One line, complete, without its end.
     *
     * @param process the name of the child
     * @param error whether the child wrote it to its standard error
     * @param line the text
     */
    void line(String process, boolean error, String line);

    /**
     * Prints each line to this process's own standard output or standard error, after the child's name in brackets.
     *
     * @return the output that a child has when none is given
     */
    static ChildOutput toConsole() {
        return (process, error, line) -> {
            PrintStream stream = error ? System.err : System.out;
            // A program may have replaced its streams by nothing.
            if (stream != null) {
                stream.println("[" + process + "] " + line);
            }
        };
    }
}

package dev.procession.internal.child;

/**
 * Runs a body in a child. The start message names the implementation, which has a constructor without
 * parameters: so this package knows no kind of body, and a child loads the code of its own kind alone.
 */
public interface ChildRunner {

    /**
     * Runs on the child's main thread.
     *
     * @param body as the same kind of start encoded it
     * @return the exit code, 0 to 255
     * @throws Throwable ends the child with exit code 1; it is printed there, and carried to the parent
     */
    int run(byte[] body) throws Throwable;

    /**
     * Loads and links what the first body would otherwise wait for: called in a JVM that is booted ahead.
     *
     * @throws Throwable the library's own classes cannot be used
     */
    void warmUp() throws Throwable;
}

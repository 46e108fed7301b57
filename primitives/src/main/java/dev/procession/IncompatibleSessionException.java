package dev.procession;

import java.nio.file.Path;

/**
 * A file of a session is not one that this process may use: another layout, another machine's byte order, cut short, or
 * left from before the machine was started. Nothing in it was read beyond its header, and nothing was written.
 */
public final class IncompatibleSessionException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String what;
    private final String found;
    private final String expected;

    /**
     * A refused file.
     *
     * @param path the file
     * @param what which property of it is wrong
     * @param found what the file says
     * @param expected what it would have to say
     */
    public IncompatibleSessionException(Path path, String what, String found, String expected) {
        super("session file " + path + " cannot be used: " + what + " is " + found + ", expected " + expected
                + "; all processes of a session must run the same version of Procession on one machine");
        this.path = path.toString();
        this.what = what;
        this.found = found;
        this.expected = expected;
    }

    /** {@return the file} */
    public Path path() {
        return Path.of(path);
    }

    /** {@return which property of the file is wrong, for example {@code layout version}} */
    public String what() {
        return what;
    }

    /** {@return what the file says} */
    public String found() {
        return found;
    }

    /** {@return what it would have to say} */
    public String expected() {
        return expected;
    }
}

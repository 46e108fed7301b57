package dev.procession.process;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by the body of a child to end it with an exit code, from any depth. It is an {@link Error} so that a
 * {@code catch (Exception e)} on the way does not stop it.
 *
 * <p>An exit code is 0 to 255: Unix keeps eight bits. {@link System#exit} in a child works, too, but does so silently:
 * {@code System.exit(300)} reads as 44 and {@code System.exit(-1)} as 255.
 */
@SuppressWarnings("exports") // @Nullable: see module-info
public final class ProcessExit extends Error {
    private static final long serialVersionUID = 1L;
    private static final int LAST_CODE = 255;

    private final int code;
    private final boolean printed;

    /** Ends the child with exit code 0. */
    public ProcessExit() {
        this(0);
    }

    /**
     * Ends the child with an exit code.
     *
     * @param code 0 to 255
     * @throws IllegalArgumentException for any other number
     */
    public ProcessExit(int code) {
        super("exit code " + code, null, false, false);
        if (code < 0 || code > LAST_CODE) {
            throw new IllegalArgumentException("exit code must be 0 to 255: code=" + code);
        }
        this.code = code;
        this.printed = false;
    }

    /**
     * Ends the child with exit code 1 for true and 0 for false.
     *
     * @param failed whether it failed
     */
    public ProcessExit(boolean failed) {
        this(failed ? 1 : 0);
    }

    /**
     * Ends the child with exit code 1 after printing the reason to its standard error, or with 0 when there is none.
     *
     * @param reason printed by its {@code toString()}, or null
     */
    public ProcessExit(@Nullable Object reason) {
        super(reason == null ? null : reason.toString(), null, false, false);
        this.code = reason == null ? 0 : 1;
        this.printed = reason != null;
    }

    /** {@return the exit code, 0 to 255} */
    public int code() {
        return code;
    }

    /** What has to be printed to standard error, or null. */
    @Nullable
    String reason() {
        return printed ? getMessage() : null;
    }
}

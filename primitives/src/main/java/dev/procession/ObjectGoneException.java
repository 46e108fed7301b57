package dev.procession;

/** A handle leads to a shared object that was freed, or to one of another type; or a name leads to none. */
public final class ObjectGoneException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final String handle;

    /**
     * A handle that leads nowhere.
     *
     * @param handle the handle, as {@code segment:offset:generation}
     * @param reason what was found instead
     */
    public ObjectGoneException(String handle, String reason) {
        this(handle, reason, "; a handle is valid while a process that holds the object is attached");
    }

    private ObjectGoneException(String handle, String reason, String advice) {
        super("shared object " + handle + " " + reason + advice);
        this.handle = handle;
    }

    /**
     * A name that leads nowhere.
     *
     * @param name the name, in quotation marks
     * @param reason what was found instead
     * @return an exception to be thrown
     */
    public static ObjectGoneException named(String name, String reason) {
        return new ObjectGoneException(name, reason, "");
    }

    /** {@return the handle, as {@code segment:offset:generation}, or the name that was asked for} */
    public String handle() {
        return handle;
    }
}

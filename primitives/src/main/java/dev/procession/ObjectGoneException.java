package dev.procession;

/** A handle leads to a shared object that was freed, or to one of another type. */
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
        super("shared object " + handle + " " + reason
                + "; a handle is valid while a process that holds the object is attached");
        this.handle = handle;
    }

    /** {@return the handle, as {@code segment:offset:generation}} */
    public String handle() {
        return handle;
    }
}

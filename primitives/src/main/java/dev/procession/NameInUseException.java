package dev.procession;

/** An object that had to be new was given a name that another object of the session has. */
public final class NameInUseException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final String name;

    /**
     * A name that is taken.
     *
     * @param name the name
     * @param shown the name as it may be printed
     */
    public NameInUseException(String name, String shown) {
        super("this session has an object with the name " + shown
                + " already: attach to it, open it, or choose another name");
        this.name = name;
    }

    /** {@return the name that is taken} */
    public String name() {
        return name;
    }
}

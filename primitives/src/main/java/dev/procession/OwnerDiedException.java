package dev.procession;

/**
 * A strict object refuses: its owner died, and nobody has said yet that the data that it guards are consistent. The
 * caller does not own the object.
 */
public final class OwnerDiedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final OwnerDeath death;

    /**
     * A refusal.
     *
     * @param death who died
     */
    public OwnerDiedException(OwnerDeath death) {
        super(death.describe() + "; what it guards may be half-written: look, and call recover(...)");
        this.death = death;
    }

    /** {@return who died, and how as far as that is known} */
    public OwnerDeath death() {
        return death;
    }
}

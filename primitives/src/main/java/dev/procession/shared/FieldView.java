package dev.procession.shared;

/** What a field of a record can be: a variable or an array. */
abstract class FieldView extends View {
    private static final long serialVersionUID = 1L;

    FieldView(Region region, int base, boolean part) {
        super(region, base, part);
    }

    /** The value in a box, volatile; of an array a copy, plain. */
    abstract Object boxed();

    /**
     * Sets the value.
     *
     * @throws ClassCastException if it is of another type
     * @throws IndexOutOfBoundsException if it is an array that is too long
     */
    abstract void setBoxed(Object value);
}

package dev.procession.internal.record;

/** What a record of the table of names gives a name to. */
final class NameSort {
    static final int PROCESS = 1;
    static final int THREAD = 2;
    static final int OBJECT = 3;
    /** The words of a mark or a span; the id stands in the event's value. */
    static final int TEXT = 4;

    private NameSort() {}
}

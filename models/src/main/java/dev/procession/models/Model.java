package dev.procession.models;

import org.jspecify.annotations.Nullable;

/**
 * A protocol as a finite transition system. A state is an array of small numbers, the same length for all states of a
 * model; everything that a process could see or know is in it.
 */
interface Model {
    /** The state before anybody did anything. */
    byte[] initial();

    /** Offers every step that is possible in {@code state}: one shared load, store or CAS each. */
    void steps(byte[] state, Steps steps);

    /** What is wrong in {@code state}, or null. */
    @Nullable
    String broken(byte[] state);

    /** Whether all the living have what they waited for. From every state such a one must stay reachable. */
    boolean finished(byte[] state);

    /** {@code state} for humans. */
    String describe(byte[] state);

    /** Where a model puts the steps of one state. */
    interface Steps {
        /** A copy of the state, to be changed into the next one. */
        byte[] copy();

        /** One step: {@code actor} (a thread, counted from 1) does what {@code label} says, and {@code next} is the result. */
        void add(StepKind kind, int actor, String label, byte[] next);
    }
}

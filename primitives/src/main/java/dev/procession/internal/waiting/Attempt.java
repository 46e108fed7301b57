package dev.procession.internal.waiting;

/** Tries once to get what is waited for. */
@FunctionalInterface
public interface Attempt {
    /**
     * Tries, without waiting.
     *
     * @param waitedNanos how long this thread has waited already; a fair object prefers who waited long
     * @return whether the wait is over
     */
    boolean tryOnce(long waitedNanos);
}

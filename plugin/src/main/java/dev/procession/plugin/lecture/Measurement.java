package dev.procession.plugin.lecture;

/**
 * A time that is worth to be seen. It decides nothing: it is the machine's, not the program's.
 *
 * @param key names its text
 * @param nanos how long it was
 * @param usualFrom the shortest that is usual, in nanoseconds
 * @param usualTo the longest that is usual, in nanoseconds
 */
public record Measurement(String key, long nanos, long usualFrom, long usualTo) {

    /** Whether it is to be shown in amber. */
    public boolean isUnusual() {
        return nanos < usualFrom || nanos > usualTo;
    }
}

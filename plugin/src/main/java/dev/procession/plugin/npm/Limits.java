package dev.procession.plugin.npm;

/**
 * What one jar may cost at most; the largest on Maven Central have a tenth of it.
 *
 * @param files how many
 * @param bytes of all of them together, unpacked
 */
record Limits(int files, long bytes) {
    static final Limits USUAL = new Limits(100_000, 2L << 30);
}

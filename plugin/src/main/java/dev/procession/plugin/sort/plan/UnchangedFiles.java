package dev.procession.plugin.sort.plan;

/** Hears of each file that is in its place since an earlier run. */
@FunctionalInterface
public interface UnchangedFiles {
    /**
     * There is one.
     *
     * @param target its raw path in the output
     * @param bytes its size
     * @param sum what is known of its content
     */
    void take(String target, long bytes, long sum);
}

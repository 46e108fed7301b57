package dev.procession.benchmarks;

/** Things that are measured together, and have one section of the page. */
interface Suite {
    /** What {@code bench.suite} calls it. */
    String name();

    /** Its heading on the page. */
    String title();

    /** Measures, in turn what is to be compared, and tells the report. */
    void measure(Setting setting, Report report) throws Exception;
}

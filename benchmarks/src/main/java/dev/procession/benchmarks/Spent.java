package dev.procession.benchmarks;

/**
 * What one run has used.
 *
 * @param millis of wall time
 * @param cpuMillis of processor time, of all processes of the run; not a number where nobody can tell
 * @param peakMebibytes the memory of its largest process; not a number where it is not a process of its own
 */
record Spent(double millis, double cpuMillis, double peakMebibytes) {}

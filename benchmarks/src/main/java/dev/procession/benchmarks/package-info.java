/** Measures Procession beside its peers, interleaved in one run, and writes what it found as Markdown. */
@NullMarked
package dev.procession.benchmarks;

import org.jspecify.annotations.NullMarked;

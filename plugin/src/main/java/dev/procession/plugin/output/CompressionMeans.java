package dev.procession.plugin.output;

import dev.procession.plugin.work.WorkerCode;
import dev.procession.plugin.work.WorkerCount;

/**
 * Who compresses.
 *
 * @param workers how many child processes, as the user said; Brotli has at least one
 * @param code what they run
 * @param brotli where Brotli comes from
 */
public record CompressionMeans(WorkerCount workers, WorkerCode code, BrotliLibrary.Source brotli) {}

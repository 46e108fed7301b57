package dev.procession.internal.memory;

/**
 * What a walk over the heap counted.
 *
 * @param segments files
 * @param blocks blocks in use, those under construction included
 * @param usedBytes bytes in those blocks, headers included
 * @param freeBlocks blocks that are free
 * @param freeBytes bytes in those
 */
public record HeapStatistics(int segments, int blocks, long usedBytes, int freeBlocks, long freeBytes) {}

package dev.procession.timeline;

/**
 * A thread of one process.
 *
 * @param id within its process
 * @param name as it was at the thread's first event; empty if it had none (as most virtual threads) or was not kept. Data, not markup
 */
public record TimelineThread(int id, String name) {}

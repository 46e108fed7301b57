package dev.procession.plugin.output;

/**
 * What one source file has in an output.
 *
 * @param source its name relative to the project, with '/'; or that of a package's file
 * @param bytes how much of the output it is
 */
public record Part(String source, long bytes) {}

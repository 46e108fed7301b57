package dev.procession.plugin.output;

/**
 * A bundle that is to be finished.
 *
 * @param composition its staged files
 * @param settings what the user wants around it
 */
public record Unfinished(Composition composition, OutputSettings settings) {}

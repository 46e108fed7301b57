package dev.procession.plugin.sort;

/**
 * A file that is about to be placed. Written down before, so that a run that was killed is understood by the next one.
 *
 * @param run the run that does it, by the name of its directory
 * @param number the name of the draft in that directory
 * @param key the raw name under which its source is known
 * @param target the raw path of the copy, relative to the output
 */
record Intent(String run, int number, String key, String target) {}

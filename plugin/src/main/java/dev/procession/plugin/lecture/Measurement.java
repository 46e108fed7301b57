package dev.procession.plugin.lecture;

/**
 * A time that is worth to be seen. It decides nothing: it is the machine's, not the program's.
 *
 * @param key names its text, which also tells the usual value
 * @param nanos how long it was
 */
record Measurement(String key, long nanos) {}

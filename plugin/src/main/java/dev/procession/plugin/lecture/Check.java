package dev.procession.plugin.lecture;

/**
 * Something that must be true of every run of an example, and what was seen of it in this one.
 *
 * @param key names its text
 * @param holds whether it was true
 * @param expected what must be
 * @param observed what was
 */
public record Check(String key, boolean holds, String expected, String observed) {}

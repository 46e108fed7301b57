package dev.procession.internal.record;

import java.util.Map;

/**
 * What a ring calls things. Every text is as the writer gave it: data, not markup.
 *
 * @param threads by the thread's number in the events
 * @param objects by id
 * @param texts words of marks and spans, by the event's value
 * @param lost how many names found no room; a thread or text may be counted more than once
 */
public record RingNames(
        Map<Integer, String> threads, Map<Long, ObjectName> objects, Map<Long, String> texts, long lost) {
    static final RingNames NONE = new RingNames(Map.of(), Map.of(), Map.of(), 0);

    /**
     * What an object is called.
     *
     * @param type such as {@code lock}
     * @param name empty if it has none
     */
    public record ObjectName(String type, String name) {}
}

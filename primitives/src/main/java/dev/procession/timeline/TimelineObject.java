package dev.procession.timeline;

/**
 * What an event is about: a lock, a queue, another process.
 *
 * @param id unique within the session
 * @param type such as {@code lock}; empty if no process named it
 * @param name as it was created with; empty for an anonymous one. Data, not markup
 */
public record TimelineObject(long id, String type, String name) {
    /** What an event is about that is about nothing. */
    public static final TimelineObject NONE = new TimelineObject(0, "", "");
}

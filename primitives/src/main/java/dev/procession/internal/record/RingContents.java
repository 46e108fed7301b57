package dev.procession.internal.record;

import java.util.List;

/**
 * What a reader found in one ring.
 *
 * @param readable false if there is no ring of this version, or its header makes no sense: then all else is empty
 * @param writer who wrote it
 * @param anchor one moment on the writer's two clocks
 * @param recorded how many events were ever begun
 * @param lost how many of them are not among the events: overwritten, given up, or not finished
 * @param names what things are called
 * @param events whole events, in no order
 */
public record RingContents(
        boolean readable,
        Recorder.Writer writer,
        Anchor anchor,
        long recorded,
        long lost,
        RingNames names,
        List<RingEvent> events) {

    static RingContents unreadable(Recorder.Writer known) {
        return new RingContents(false, known, Anchor.NONE, 0, 0, RingNames.NONE, List.of());
    }
}

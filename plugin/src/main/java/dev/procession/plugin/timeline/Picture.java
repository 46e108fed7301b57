package dev.procession.plugin.timeline;

import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineObject;
import java.util.List;

/**
 * What is to be drawn of a timeline, independent of how. All times are nanoseconds since the first thing that happened,
 * on the clock of the timeline's first process.
 *
 * @param processes in the order in which they began
 * @param lanes the threads of all processes, in the order of the processes
 * @param objects what bars, dots, arrows and curves refer to by index
 * @param curves numbers that changed with time
 * @param arrows what made something happen elsewhere
 * @param epochMillis the wall clock at time 0
 * @param end when the last thing happened
 * @param events how many events the record had
 * @param lost how many it had lost
 */
public record Picture(
        List<ProcessOf> processes,
        List<Lane> lanes,
        List<TimelineObject> objects,
        List<Curve> curves,
        List<Arrow> arrows,
        long epochMillis,
        long end,
        long events,
        long lost) {
    /** Not known, or not yet. */
    public static final long NONE = -1;

    /** The kind of the curve of processors in use; its values are thousandths of one, and it is about no object. */
    public static final String PROCESSORS = "PROCESSORS";

    /**
     * The picture of a timeline.
     *
     * @param timeline any, also an empty one
     * @return what is to be drawn
     */
    public static Picture of(Timeline timeline) {
        return of(timeline, Runtime.getRuntime().availableProcessors());
    }

    /** For a machine with so many processors: more than these cannot have been used at once. */
    static Picture of(Timeline timeline, int processors) {
        return new PictureBuilder(timeline, processors).build();
    }

    /**
     * The same with another name for a process.
     *
     * @param pid which
     * @param name to be shown instead of its own
     * @return a picture
     */
    public Picture named(long pid, String name) {
        List<ProcessOf> renamed = processes.stream()
                .map(one -> one.pid() == pid ? one.named(name) : one)
                .toList();
        return new Picture(renamed, lanes, objects, curves, arrows, epochMillis, end, events, lost);
    }

    /**
     * A process.
     *
     * @param pid its process id
     * @param name as it was given; data, not markup
     * @param started when its parent started it, or {@link #NONE}
     * @param attached when it took part in the session, or {@link #NONE} if it never did
     * @param ended when it had ended, or {@link #NONE} if that was not seen
     * @param exitCode how; means nothing where it has not ended
     * @param dismissed whether its parent ended it as one that nobody needed any more: its exit code is no accident then
     * @param readable false where its record could not be read
     * @param lost events
     * @param namesLost names for which the record had no room
     * @param clockErrorNanos how wrong its times may be at most, {@link Long#MAX_VALUE} where nothing is known
     */
    public record ProcessOf(
            long pid,
            String name,
            long started,
            long attached,
            long ended,
            int exitCode,
            boolean dismissed,
            boolean readable,
            long lost,
            long namesLost,
            long clockErrorNanos) {

        private ProcessOf named(String other) {
            return new ProcessOf(
                    pid,
                    other,
                    started,
                    attached,
                    ended,
                    exitCode,
                    dismissed,
                    readable,
                    lost,
                    namesLost,
                    clockErrorNanos);
        }
    }

    /**
     * A thread of a process.
     *
     * @param process the index of its process
     * @param thread its name, empty where it has none
     * @param begin when it is first known of
     * @param end when it is last known of
     * @param rows how many rows the bars need, 1 or more
     * @param bars by begin
     * @param dots by time
     */
    public record Lane(int process, String thread, long begin, long end, int rows, List<Bar> bars, List<Dot> dots) {}

    /** What a thread is in for some time. */
    public enum BarKind {
        /** From its start by the parent to its own first word. */
        BOOT(0),
        /** For an object. */
        WAIT(1),
        /** As the program itself says. */
        SLEEP(2),
        /** Has an object, or permits. */
        HOLD(3),
        /** Works at a pool's task. */
        TASK(4),
        /** Of the program's own. */
        SPAN(5);

        private final int code;

        BarKind(int code) {
            this.code = code;
        }

        /** {@return how the page's script calls it} */
        int code() {
            return code;
        }
    }

    /** How it came to an end. */
    public enum Outcome {
        /** As it should. */
        DONE(0),
        /** The record ends before it does. */
        OPEN(1),
        /** The time was over. */
        TIMED_OUT(2),
        /** By an interrupt. */
        INTERRUPTED(3),
        /** By an exception. */
        FAILED(4),
        /** Its process ended in the midst of it. */
        DIED(5);

        private final int code;

        Outcome(int code) {
            this.code = code;
        }

        /** {@return how the page's script calls it} */
        int code() {
            return code;
        }
    }

    /**
     * A time from begin to end.
     *
     * @param kind what
     * @param object the index of what it is about, or -1
     * @param text the program's words, or empty
     * @param begin when
     * @param end when
     * @param value how much, such as permits
     * @param outcome how it ended
     * @param row 0 for what the thread is in, others for what it has
     */
    public record Bar(
            BarKind kind, int object, String text, long begin, long end, long value, Outcome outcome, int row) {}

    /**
     * A moment.
     *
     * @param kind the name of the event's kind
     * @param object the index of what it is about, or -1
     * @param text the program's words, or empty
     * @param time when
     * @param value what the kind says
     */
    public record Dot(String kind, int object, String text, long time, long value) {}

    /** Why an arrow is drawn. */
    public enum ArrowKind {
        /** A child's start. */
        START(0),
        /** Somebody waited, and goes on. */
        WAKE(1),
        /** An item or a message. */
        MESSAGE(2),
        /** Something of a dead process passed to another one. */
        DEATH(3),
        /** A child's end, to who waited for it. */
        END(4);

        private final int code;

        ArrowKind(int code) {
            this.code = code;
        }

        /** {@return how the page's script calls it} */
        int code() {
            return code;
        }
    }

    /**
     * From a moment in one lane to a moment in another.
     *
     * @param kind why
     * @param object the index of what it is about, or -1
     * @param fromLane index
     * @param from when
     * @param toLane index
     * @param to when
     */
    public record Arrow(ArrowKind kind, int object, int fromLane, long from, int toLane, long to) {}

    /**
     * A number that belongs to an object, such as its permits.
     *
     * @param kind the name of the events' kind, or {@link #PROCESSORS}
     * @param object index, or -1
     * @param points by the order of the record
     */
    public record Curve(String kind, int object, List<Point> points) {}

    /**
     * A new value.
     *
     * @param time since when
     * @param value the number
     */
    public record Point(long time, long value) {}
}

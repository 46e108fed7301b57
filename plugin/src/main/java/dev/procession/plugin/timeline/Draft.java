package dev.procession.plugin.timeline;

import dev.procession.plugin.timeline.Picture.Bar;
import dev.procession.plugin.timeline.Picture.BarKind;
import dev.procession.plugin.timeline.Picture.Dot;
import dev.procession.plugin.timeline.Picture.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Parts of a picture while it is made; times are the record's. */
final class Draft {
    /** More of them at a time would leave no room for other lanes. */
    private static final int MOST_ROWS = 8;

    private static final int NO_THREAD = -1;

    private static final Set<String> OF_PROCESSES =
            Set.of("PROCESS_STARTED", "PROCESS_DISMISSED", "PROCESS_ENDED", "EXITING");

    private Draft() {}

    /** A process, and what is known of its life. */
    static final class Life {
        final long participant;
        final long pid;
        String name;
        boolean isStarted;
        long started;
        boolean isAttached;
        long attached;
        boolean isDismissed;
        boolean isEnded;
        long ended;
        int exitCode;
        boolean readable = true;
        long lost;
        long namesLost;
        long clockError = Long.MAX_VALUE;
        long processorNanos = -1; // not told yet
        long processorSeen;
        final Map<Integer, Track> tracks = new LinkedHashMap<>();
        final Track aside = new Track(this, "");

        Life(long participant, long pid, String name) {
            this.participant = participant;
            this.pid = pid;
            this.name = name;
        }

        Track track(int thread, String threadName) {
            Track nobodys = tracks.remove(NO_THREAD);
            if (nobodys != null) {
                // What was known before any thread was is the first thread's.
                nobodys.thread = threadName;
                tracks.put(thread, nobodys);
            }
            return tracks.computeIfAbsent(thread, id -> new Track(this, threadName));
        }

        /** The thread that stands for the process; there is one always. */
        Track first() {
            if (tracks.isEmpty()) {
                tracks.put(NO_THREAD, new Track(this, ""));
            }
            return tracks.values().iterator().next();
        }

        /** When it did anything for the last time, as far as the record knows. */
        long lastSeen() {
            return Stream.concat(tracks.values().stream(), Stream.of(aside))
                    .filter(track -> track.isSeen)
                    .mapToLong(track -> track.last)
                    .max()
                    .orElse(Long.MIN_VALUE);
        }

        /**
         * Threads that did nothing are no lanes, unless there is no other: a process has one at least. What the library's own
         * threads told stands in the first.
         */
        void forgetBlanks() {
            Track kept = tracks.values().stream()
                    .filter(track -> !track.isBlank())
                    .findFirst()
                    .orElseGet(this::first);
            List<Track> blanks = tracks.values().stream()
                    .filter(track -> track != kept && track.isBlank())
                    .toList();
            tracks.values().removeAll(blanks);
            blanks.forEach(blank -> kept.dots.addAll(blank.dots));
            kept.dots.addAll(aside.dots);
        }

        /** The lane that stands for this one. */
        Track shown(Track track) {
            return tracks.containsValue(track) ? track : first();
        }

        void end(long nanos, int code) {
            if (!isEnded) {
                isEnded = true;
                ended = nanos;
                exitCode = code;
            }
        }
    }

    /** A lane. */
    static final class Track {
        final Life life;
        String thread;
        final List<Stretch> open = new ArrayList<>();
        final List<Bar> bars = new ArrayList<>();
        final List<Dot> dots = new ArrayList<>();
        private final BitSet rows = new BitSet();
        int rowCount = 1;
        int index;
        boolean isSeen;
        long first;
        long last;

        Track(Life life, String thread) {
            this.life = life;
            this.thread = thread;
        }

        boolean isBlank() {
            return bars.isEmpty() && open.isEmpty() && dots.stream().allMatch(dot -> OF_PROCESSES.contains(dot.kind()));
        }

        void seen(long nanos) {
            first = isSeen ? Math.min(first, nanos) : nanos;
            last = isSeen ? Math.max(last, nanos) : nanos;
            isSeen = true;
        }

        Stretch open(BarKind kind, int object, String text, long sequence, long begin, long value) {
            int row = 0;
            if (kind != BarKind.WAIT && kind != BarKind.SLEEP && kind != BarKind.BOOT) {
                row = Math.min(MOST_ROWS, rows.nextClearBit(1));
                rows.set(row);
                rowCount = Math.max(rowCount, row + 1);
            }
            Stretch stretch = new Stretch(this, kind, object, text, sequence, begin, value, row);
            open.add(stretch);
            return stretch;
        }

        void close(Stretch stretch, long end, Outcome outcome) {
            if (open.remove(stretch)) {
                if (stretch.row > 0) {
                    rows.clear(stretch.row);
                }
                bars.add(stretch.bar(end, outcome));
            }
        }
    }

    /** A bar that is not at its end yet. */
    static final class Stretch {
        final Track track;
        final BarKind kind;
        final int object;
        final String text;
        final long sequence;
        final long begin;
        final long value;
        final int row;
        /** Of what it holds. */
        long left;

        private Stretch(
                Track track, BarKind kind, int object, String text, long sequence, long begin, long value, int row) {
            this.track = track;
            this.kind = kind;
            this.object = object;
            this.text = text;
            this.sequence = sequence;
            this.begin = begin;
            this.value = value;
            this.row = row;
            this.left = Math.max(1, value);
        }

        private Bar bar(long end, Outcome outcome) {
            return new Bar(kind, object, text, begin, Math.max(begin, end), value, outcome, row);
        }
    }

    /** An arrow whose ends have no numbers yet. */
    record Link(Picture.ArrowKind kind, int object, Track from, long fromTime, Track to, long toTime) {}
}

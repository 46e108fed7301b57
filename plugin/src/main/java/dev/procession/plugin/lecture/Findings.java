package dev.procession.plugin.lecture;

import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What was checked and measured in one run so far. May be used from any thread: a run that hangs is looked at by another one. */
final class Findings {
    private final List<Check> checks = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();

    synchronized void add(Check check) {
        checks.add(check);
    }

    synchronized void add(Measurement measurement) {
        measurements.add(measurement);
    }

    /** The time from the last event of {@code from} to the first one of {@code to} after it; none if the record has lost one. */
    void add(String key, Timeline from, Timeline to, Duration usualFrom, Duration usualTo) {
        List<TimelineEvent> begins = from.events();
        if (begins.isEmpty()) {
            return;
        }
        TimelineEvent begin = begins.get(begins.size() - 1);
        to.events().stream()
                .filter(event -> event.sequence() > begin.sequence())
                .findFirst()
                .map(end -> Timeline.between(begin, end).toNanos())
                .ifPresent(nanos -> add(new Measurement(key, nanos, usualFrom.toNanos(), usualTo.toNanos())));
    }

    synchronized List<Check> checks() {
        return List.copyOf(checks);
    }

    synchronized List<Measurement> measurements() {
        return List.copyOf(measurements);
    }
}

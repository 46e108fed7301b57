package dev.procession.plugin.lecture;

import dev.procession.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of an example.
 *
 * @param topic what was played
 * @param transcript what its processes printed
 * @param checks what was checked; not all there is where the run was cut short
 * @param measurements what was measured
 * @param mishap why it was not played to its end, where it was not
 * @param timeline what the event record says of it
 */
public record Performance(
        Topic topic,
        List<Line> transcript,
        List<Check> checks,
        List<Measurement> measurements,
        Optional<String> mishap,
        Timeline timeline) {

    /** What is wrong with this run, one line each; empty when all holds. */
    public List<String> problems(Texts texts) {
        List<String> problems = new ArrayList<>();
        String name = topic.number() + " " + topic.name();
        mishap.ifPresent(what -> problems.add(name + " " + what));
        for (Check check : checks) {
            if (!check.holds()) {
                problems.add(name + ", check " + check.key() + " (" + texts.of(topic, "check." + check.key())
                        + "): expected " + check.expected() + ", observed " + check.observed());
            }
        }
        // A run that proves nothing must not pass for one that does.
        if (problems.isEmpty() && checks.isEmpty()) {
            problems.add(name + " has checked nothing");
        }
        return problems;
    }
}

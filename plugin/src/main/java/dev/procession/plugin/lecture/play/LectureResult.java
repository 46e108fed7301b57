package dev.procession.plugin.lecture.play;

import dev.procession.plugin.report.Amount;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What came of a request in which nothing failed.
 *
 * @param examples how many were played, or are there to be played
 * @param checks how many things were checked; 0 when nothing was played
 * @param nanos how long it took
 * @param index the page to begin with, when something was played
 */
public record LectureResult(int examples, int checks, long nanos, Optional<Path> index) {

    /**
     * The result in words.
     *
     * @return one line for the log
     */
    public String summary() {
        return checks == 0
                ? "demo: " + Amount.of(examples, "example")
                        + "; play one with -Dprocession.demo.example=01, or all of them with =all"
                : "demo: " + Amount.of(examples, "example") + ", " + Amount.of(checks, "check") + ", all hold in "
                        + Amount.seconds(nanos)
                        + index.map(page -> "; pages: " + page).orElse("");
    }
}

package dev.procession.plugin.session;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.Shown;
import java.nio.file.Path;

/**
 * What there was, and what was done.
 *
 * @param directory where it was looked
 * @param there whether that directory exists
 * @param sessions how many there were
 * @param dead in how many of them nobody was alive
 * @param bytes what they took, all together
 * @param cleaned whether removing was asked for
 * @param removed how many were removed
 */
public record SessionsResult(
        Path directory, boolean there, int sessions, int dead, long bytes, boolean cleaned, int removed) {

    /**
     * The result in words.
     *
     * @return one line for the log
     */
    public String summary() {
        String where = Shown.text(directory.toString());
        if (sessions == 0) {
            return there ? "no sessions in " + where : "no sessions: " + where + " does not exist";
        }
        return Amount.of(sessions, "session") + ", " + Amount.number(dead) + " dead, " + Amount.bytes(bytes) + " in "
                + where + (cleaned ? "; removed " + Amount.number(removed) : "");
    }
}

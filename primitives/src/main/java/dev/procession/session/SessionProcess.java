package dev.procession.session;

import dev.procession.internal.liveness.ProcessFacts;
import dev.procession.internal.liveness.ProcessTable;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * A process that takes or took part in a session.
 *
 * @param pid its process id
 * @param name its name
 * @param alive whether it takes part
 * @param silent for how long it has given no sign of life: more than a second means that it is stopped, or starved of
 *     processor time. It keeps what it holds. Zero for the dead
 * @param seenDead when its end was noticed; {@link Instant#MAX} while it lives
 * @param exitCode how it ended: its exit code, or {@code -n} for signal {@code n}; empty if unknown, and while it lives
 * @param inOrder whether it ended by itself: it left the session, returned from main, or called exit
 */
public record SessionProcess(
        long pid,
        String name,
        boolean alive,
        Duration silent,
        Instant seenDead,
        OptionalInt exitCode,
        boolean inOrder) {
    /** Shorter than this is the pace of signs of life. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    static SessionProcess living(ProcessFacts facts, ProcessTable table) {
        Duration silent = Duration.ofMillis(Math.max(0, table.silentMillis(facts.owner())));
        return new SessionProcess(facts.pid(), facts.name(), true, silent, Instant.MAX, OptionalInt.empty(), false);
    }

    static SessionProcess ended(ProcessFacts facts) {
        return new SessionProcess(
                facts.pid(),
                facts.name(),
                false,
                Duration.ZERO,
                Instant.ofEpochMilli(facts.seenDeadMillis()),
                facts.exitCode(),
                facts.inOrder());
    }

    /** {@return such as {@code 4711 (worker-1): ended, exit code -9, seen 2026-11-22T19:00:36.120Z}} */
    @Override
    public String toString() {
        String who = pid + " (" + name + ")";
        if (!alive) {
            return who + ": ended" + (inOrder ? " in order" : "")
                    + (exitCode.isPresent() ? ", exit code " + exitCode.getAsInt() : "") + ", seen " + seenDead;
        }
        return silent.compareTo(QUIET) > 0
                ? who + ": no sign of life for " + silent.toSeconds() + " s, stopped or starved"
                : who;
    }
}

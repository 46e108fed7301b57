package dev.procession.session;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What shows of a session without taking part in it. By the time it is read it may be out of date.
 *
 * @param path its directory
 * @param state whether anybody takes part
 * @param created the earliest time that is written down in it or on its files: a file system need not keep the time of
 *     creation
 * @param modified when its files or directories changed last; writing to its memory need not count
 * @param bytes what its files take
 * @param living the processes that take part; empty for a living session that is {@link #unreadable}
 * @param ended the processes whose end was noticed, by another process or now, oldest first; empty for a session that is
 *     unreadable
 * @param unreadable why this version of the library cannot attach to it or tell more of it; empty if it can
 */
public record SessionInfo(
        Path path,
        State state,
        Instant created,
        Instant modified,
        long bytes,
        List<SessionProcess> living,
        List<SessionProcess> ended,
        Optional<String> unreadable) {

    /** Whether anybody takes part. */
    public enum State {
        /** At least one process does. It stays. */
        ALIVE,
        /** Nobody does, and nobody will: {@link Sessions#clean} removes it, and so does the next session's creation. */
        DEAD,
        /** It is a directory whose name might be a session's, and is none. Nothing here ever removes it. */
        FOREIGN
    }

    /** Copies the lists. */
    public SessionInfo {
        living = List.copyOf(living);
        ended = List.copyOf(ended);
    }
}

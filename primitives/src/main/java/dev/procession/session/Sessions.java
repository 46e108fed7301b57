package dev.procession.session;

import dev.procession.internal.memory.SessionBase;
import dev.procession.internal.memory.SessionDirectory;
import dev.procession.internal.participant.Sweeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions that there are on this machine, seen from outside.
 *
 * <pre>{@code
 * for (SessionInfo session : Sessions.list()) {
 *     System.out.println(session.path() + " " + session.state() + " " + session.living());
 * }
 * Sessions.clean();
 * }</pre>
 *
 * <p>To look at a session is not to take part in it: nothing in it is written, locked or mapped, and it does not last
 * longer for it. Who takes part is asked of the kernel, so a process that was killed a moment ago counts as gone.
 */
public final class Sessions {
    private Sessions() {}

    /**
     * Where sessions are made that are not told otherwise: what {@code -Dprocession.sessions} names, or the machine's shared
     * memory, or a directory for temporary files.
     *
     * @return the directory, created if it was not there
     * @throws UncheckedIOException if no directory will do; the message says why for each that was tried
     */
    public static SessionPlace place() {
        try {
            SessionBase base = SessionBase.choose();
            return new SessionPlace(base.path(), base.passedOver());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * The sessions in the usual {@link #place}.
     *
     * @return living ones, dead ones and those that cannot be read, by name
     * @throws UncheckedIOException if there is no such place, or it cannot be read
     */
    public static List<SessionInfo> list() {
        return list(place().directory());
    }

    /**
     * The sessions in a directory. One that is broken, or was made by another version, is listed with the reason why no more
     * can be told of it. Files, links and directories of other names are passed by.
     *
     * @param directory where sessions are made, as in {@link SessionOptions#directory}; there are none if it is not there
     * @return living ones, dead ones and those that cannot be read, by name
     * @throws UncheckedIOException if the directory cannot be read
     */
    public static List<SessionInfo> list(Path directory) {
        List<Path> paths;
        try {
            paths = SessionDirectory.list(directory.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the sessions in " + directory + " cannot be listed: "
                            + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
        List<SessionInfo> sessions = new ArrayList<>();
        for (Path path : paths) {
            SessionLook.at(path).ifPresent(sessions::add);
        }
        return sessions;
    }

    /**
     * Removes the dead sessions in the usual {@link #place}; the same as {@link #clean(Path)}.
     *
     * @return the paths that were removed
     * @throws UncheckedIOException if there is no such place, or it cannot be read
     */
    public static List<Path> clean() {
        return sweep(place().directory());
    }

    /**
     * Removes the dead sessions in a directory, and what is left there of sessions whose creation or removal was cut short.
     * A session in which anybody is alive stays, whoever comes meanwhile, and so does everything that is not a session.
     * Every program that creates a session does the same first.
     *
     * @param directory where sessions are made; nothing is done if it is not there
     * @return the paths that were removed: not those that another process is removing at the same time, or that cannot be
     *     deleted now
     * @throws UncheckedIOException if the directory is a link, another user's, or open to others, so that what is deleted
     *     in it might change under way; or if it cannot be read
     */
    public static List<Path> clean(Path directory) {
        Path base = directory.toAbsolutePath().normalize();
        if (!Files.exists(base, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try {
            return sweep(SessionBase.choose(List.of(base)).path());
        } catch (IOException e) {
            throw new UncheckedIOException("the sessions in " + directory + " cannot be cleaned: " + e.getMessage(), e);
        }
    }

    private static List<Path> sweep(Path base) {
        try {
            return List.copyOf(Sweeper.sweepNow(base));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the sessions in " + base + " cannot be cleaned: "
                            + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
    }
}

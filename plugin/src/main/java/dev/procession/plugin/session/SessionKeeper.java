package dev.procession.plugin.session;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.session.SessionInfo;
import dev.procession.session.SessionPlace;
import dev.procession.session.SessionProcess;
import dev.procession.session.Sessions;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells which sessions there are, and removes the dead ones if asked to. */
public final class SessionKeeper {
    /** A process tells that it lives five times a second. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final SessionsRequest request;
    private final BuildLog log;

    /**
     * Prepares a run.
     *
     * @param request what the user asked for
     * @param log where the sessions are listed
     */
    public SessionKeeper(SessionsRequest request, BuildLog log) {
        this.request = request;
        this.log = log;
    }

    /**
     * Lists, and removes what is to be removed.
     *
     * @return what came of it
     * @throws SessionsFailedException if the directory will not do
     */
    public SessionsResult run() {
        try {
            return list(directory());
        } catch (UncheckedIOException e) {
            String asked = request.directory();
            throw new SessionsFailedException(
                    asked == null || asked.isBlank()
                            ? e.getMessage() + "; <directory> (procession.sessions) names another place"
                            : "<directory>" + asked + "</directory> (procession.sessions): " + e.getMessage(),
                    e);
        }
    }

    private Path directory() {
        String asked = request.directory();
        if (asked != null && !asked.isBlank()) {
            return Path.of(asked).toAbsolutePath().normalize();
        }
        SessionPlace place = Sessions.place();
        for (String reason : place.passedOver()) {
            log.info("not used for sessions: " + Shown.text(reason));
        }
        return place.directory();
    }

    private SessionsResult list(Path directory) {
        List<SessionInfo> found = Sessions.list(directory);
        // Also where no session is dead: it removes what killed creations and removals have left.
        Set<Path> removed = request.clean() ? new HashSet<>(Sessions.clean(directory)) : Set.of();
        int sessions = 0;
        int dead = 0;
        long bytes = 0;
        for (SessionInfo session : found) {
            log.info(line(session, removed));
            if (session.state() != SessionInfo.State.FOREIGN) {
                sessions++;
                bytes += session.bytes();
                // One may have died since it was listed, and been removed: then it was dead.
                dead += session.state() == SessionInfo.State.DEAD || removed.contains(session.path()) ? 1 : 0;
            }
        }
        return new SessionsResult(
                directory, Files.isDirectory(directory), sessions, dead, bytes, request.clean(), removed.size());
    }

    private String line(SessionInfo session, Set<Path> removed) {
        String path = Shown.text(session.path().toString());
        if (session.state() == SessionInfo.State.FOREIGN) {
            return path + "  no session, never removed: " + reason(session);
        }
        return path + "  " + Amount.bytes(session.bytes()) + "  "
                + Amount.age(Duration.between(session.created(), request.now())) + " old  " + state(session, removed)
                + session.unreadable()
                        .map(why -> "; not readable: " + Shown.text(why))
                        .orElse("");
    }

    private String state(SessionInfo session, Set<Path> removed) {
        if (removed.contains(session.path())) {
            return "dead: removed";
        }
        if (session.state() == SessionInfo.State.DEAD) {
            return request.clean()
                    ? "dead: not removed, because another process is removing sessions or its files cannot be deleted"
                    : "dead: would be removed with -Dprocession.sessions.clean";
        }
        if (session.living().isEmpty()) {
            return "alive";
        }
        return "alive: " + session.living().stream().map(SessionKeeper::process).collect(Collectors.joining(", "));
    }

    private static String process(SessionProcess process) {
        String silent =
                process.silent().compareTo(SILENCE) > 0 ? ", no sign of life for " + Amount.age(process.silent()) : "";
        return process.pid() + " (" + Shown.text(process.name()) + silent + ")";
    }

    private static String reason(SessionInfo session) {
        return Shown.text(session.unreadable().orElse("it is something else"));
    }
}

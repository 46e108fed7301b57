package dev.procession.session;

import dev.procession.IncompatibleSessionException;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessFacts;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.memory.SessionLayout;
import dev.procession.internal.memory.SessionSnapshot;
import dev.procession.internal.participant.Sweeper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look at a session from outside. Whatever is wrong with the session becomes a part of what is told of it. */
final class SessionLook {
    private final Path directory;
    private final List<SessionProcess> living = new ArrayList<>();
    private final List<SessionProcess> ended = new ArrayList<>();
    private long bytes;
    private Instant created = Instant.MAX;
    private Instant modified = Instant.MIN;
    private @Nullable String unreadable;

    private SessionLook(Path directory) {
        this.directory = directory;
    }

    /** {@return what shows of it; empty if it is gone by now} */
    static Optional<SessionInfo> at(Path directory) {
        SessionLook look = new SessionLook(directory);
        SessionInfo.State state;
        if (!Sweeper.isSession(directory)) {
            state = SessionInfo.State.FOREIGN;
            look.files(0); // it may hold anything, and any number of files
            look.unreadable = "it is not a session's directory: it has no alive/ and segment-0";
        } else {
            look.files(Integer.MAX_VALUE);
            look.processes();
            // Last: a session that is called dead was so after everything else was read.
            state = Sweeper.nobodyAlive(directory) ? SessionInfo.State.DEAD : SessionInfo.State.ALIVE;
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(new SessionInfo(
                directory,
                state,
                look.created.equals(Instant.MAX) ? Instant.EPOCH : look.created,
                look.modified.equals(Instant.MIN) ? Instant.EPOCH : look.modified,
                look.bytes,
                look.living,
                look.ended,
                Optional.ofNullable(look.unreadable)));
    }

    private void processes() {
        try {
            SessionSnapshot snapshot = SessionSnapshot.read(directory);
            SessionLayout layout = snapshot.layout();
            Path alive = directory.resolve("alive");
            ProcessTable table = new ProcessTable(
                    snapshot.memory(), layout.row(1), layout.slotCount(), layout.obituaryHeader(), alive);
            for (ProcessFacts facts : table.dead()) {
                ended.add(SessionProcess.ended(facts));
            }
            long now = System.currentTimeMillis();
            for (ProcessFacts facts : table.members()) {
                if (facts.pid() == 0) {
                    continue; // it is entering at this very moment
                }
                long started = table.startedMillis(facts.owner());
                if (started > 0) {
                    created = earlier(created, Instant.ofEpochMilli(started));
                }
                // The table says who came; only the lock says who is still there.
                if (ProcessTable.isHeld(alive.resolve(Owner.text(facts.owner())))) {
                    living.add(SessionProcess.living(facts, table));
                } else {
                    ended.add(SessionProcess.ended(new ProcessFacts(
                            facts.owner(), facts.pid(), facts.name(), now, facts.exitCode(), facts.inOrder())));
                }
            }
        } catch (IncompatibleSessionException e) {
            unreadable = e.path().getFileName() + ": " + e.what() + " is " + e.found() + ", expected " + e.expected();
        } catch (IOException e) {
            unreadable = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private void files(int depth) {
        try {
            Files.walkFileTree(directory, Set.of(), depth, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path entry, BasicFileAttributes attributes) {
                    times(attributes);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes) {
                    times(attributes);
                    if (attributes.isRegularFile()) {
                        bytes += attributes.size();
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path entry, IOException e) {
                    return FileVisitResult.CONTINUE; // gone by now, or closed to us: the sum is of what shows
                }

                @Override
                public FileVisitResult postVisitDirectory(Path entry, @Nullable IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // No method of the visitor throws.
            unreadable = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private void times(BasicFileAttributes attributes) {
        Instant changed = attributes.lastModifiedTime().toInstant();
        created = earlier(created, earlier(changed, attributes.creationTime().toInstant()));
        modified = modified.isAfter(changed) ? modified : changed;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

package dev.procession.internal.participant;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The stacks of threads of other processes that sleep for locks: asked for by a counter in a process's row, answered by its
 * supervisor in a file. Best effort: a stopped process does not answer.
 */
final class StackAnswers {
    private static final long PATIENCE_NANOS = 600_000_000;
    private static final long LOOK_NANOS = 10_000_000;

    private final Participant participant;
    private final WaitTable waits;
    private long answered;

    StackAnswers(Participant participant, WaitTable waits) {
        this.participant = participant;
        this.waits = waits;
    }

    private static Path folder(Participant participant) {
        return participant.directory().resolve("stacks");
    }

    private static Path file(Participant participant, long owner, long thread, long request) {
        return folder(participant).resolve(Owner.text(owner) + "-" + thread + "-" + request);
    }

    void tick() {
        long asked = participant.table().stackRequests(participant.self());
        if (asked == answered) {
            return;
        }
        answered = asked;
        try {
            makeFolder();
            for (Thread thread : waits.sleepers()) {
                Path file = file(participant, participant.self(), thread.getId(), asked);
                Path fresh = file.resolveSibling(file.getFileName() + ".new");
                Files.write(fresh, lines(thread), StandardCharsets.UTF_8);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            // Nobody waits for this longer than it is worth.
        }
    }

    /** This one alone: a session that was deleted is not made again. */
    private void makeFolder() throws IOException {
        try {
            Files.createDirectory(folder(participant));
        } catch (FileAlreadyExistsException e) {
            // By another process, or by this one before.
        }
    }

    private static List<String> lines(Thread thread) {
        List<String> lines = new ArrayList<>();
        for (StackTraceElement element : thread.getStackTrace()) {
            lines.add(element.toString());
        }
        return lines;
    }

    /** {@return the stack of a thread of some process that sleeps for a lock; empty if it does not answer} */
    static List<String> ask(Participant participant, long owner, long thread) {
        if (owner == participant.self()) {
            Thread own = participant.waits().sleeper(thread);
            return own == null ? List.of() : lines(own);
        }
        ProcessTable table = participant.table();
        long request = table.requestStacks(owner);
        Path file = file(participant, owner, thread, request);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() - deadline < 0 && table.isMember(owner)) {
            try {
                List<String> lines = Files.readAllLines(file);
                Files.deleteIfExists(file);
                return lines;
            } catch (NoSuchFileException e) {
                LockSupport.parkNanos(StackAnswers.class, LOOK_NANOS);
            } catch (IOException e) {
                return List.of();
            }
        }
        return List.of();
    }
}

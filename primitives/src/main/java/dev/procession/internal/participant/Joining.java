package dev.procession.internal.participant;

import dev.procession.internal.liveness.Membership;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.memory.Heap;
import dev.procession.internal.memory.HeapOptions;
import dev.procession.internal.memory.SessionBase;
import dev.procession.internal.memory.SessionDirectory;
import dev.procession.internal.memory.SessionLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How this process comes to take part in a session: by making one, by its path, or since a handle arrived. One part for each. */
final class Joining {
    private static final Map<Path, Participant> HERE = new HashMap<>();

    /** Who joins or leaves a session has it; also over the counts of sessions in a participant. */
    static final ReentrantLock GUARD = new ReentrantLock();

    private Joining() {}

    /** With the guard: this process leaves. */
    static void left(Participant participant) {
        HERE.remove(participant.directory(), participant);
    }

    static Participant create(@Nullable Path base, HeapOptions options, long features) throws IOException {
        Path chosen = (base == null ? SessionBase.choose() : SessionBase.choose(List.of(base))).path();
        Sweeper.sweep(chosen);
        LateLock late = new LateLock();
        Heap[] heap = new Heap[1];
        ProcessTable[] table = new ProcessTable[1];
        Membership[] membership = new Membership[1];
        Path directory = SessionDirectory.create(chosen, fresh -> {
            Files.createDirectory(Participant.alive(fresh));
            Files.createDirectory(Participant.bells(fresh));
            heap[0] = Heap.create(fresh, options, late);
            heap[0].first().getAndOrLong(SessionLayout.FEATURES, features);
            table[0] = table(heap[0], fresh);
            membership[0] = enter(table[0], fresh);
        });
        heap[0].movedTo(directory);
        table[0].movedTo(Participant.alive(directory));
        Participant participant = new Participant(directory, heap[0], table[0], membership[0], late);
        GUARD.lock();
        try {
            HERE.put(directory, participant);
            participant.oneSessionMore();
        } finally {
            GUARD.unlock();
        }
        participant.begin();
        return participant;
    }

    static Participant arrive(Path directory, long reserved) {
        try {
            return attach(directory, reserved, false);
        } catch (IOException e) {
            throw new UncheckedIOException("the session " + directory + " cannot be attached: " + e.getMessage(), e);
        }
    }

    static Participant attach(Path given, long reserved, boolean explicit) throws IOException {
        Path directory = Files.exists(given) ? given.toRealPath() : given.toAbsolutePath();
        GUARD.lock();
        try {
            Participant here = HERE.get(directory);
            if (here == null) {
                here = join(directory, reserved);
                HERE.put(directory, here);
                here.begin();
            }
            if (explicit) {
                here.oneSessionMore();
            } else {
                here.handleArrived();
            }
            return here;
        } finally {
            GUARD.unlock();
        }
    }

    private static Participant join(Path directory, long reserved) throws IOException {
        requireSession(directory);
        LateLock late = new LateLock();
        Heap heap = Heap.attach(directory, late);
        ProcessTable table = table(heap, directory);
        Membership membership = reserved == 0 ? null : table.enterReserved(reserved, Participant.name());
        if (membership == null) {
            membership = enter(table, directory);
        }
        if (!SessionDirectory.confirm(directory)) {
            membership.close();
            throw new NoSuchFileException(
                    directory.toString(), null, "nobody was alive in this session any more, and it was removed");
        }
        return new Participant(directory, heap, table, membership, late);
    }

    private static void requireSession(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(
                    directory.toString(), null, "no session is there: it has ended, or the path is another one");
        }
        if (!Files.isDirectory(Participant.alive(directory), LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(directory.toString(), null, "this directory is not a session's");
        }
    }

    private static Membership enter(ProcessTable table, Path directory) throws IOException {
        Membership membership = table.enter(Participant.name());
        if (membership == null) {
            throw new IOException("the session " + directory + " has room for " + table.slots()
                    + " processes, and as many take part: create it with more slots");
        }
        return membership;
    }

    private static ProcessTable table(Heap heap, Path directory) {
        SessionLayout layout = heap.layout();
        return new ProcessTable(
                heap.first(), layout.row(1), layout.slotCount(), layout.obituaryHeader(), Participant.alive(directory));
    }
}

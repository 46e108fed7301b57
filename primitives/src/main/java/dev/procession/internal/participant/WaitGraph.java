package dev.procession.internal.participant;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.locking.LockView;
import dev.procession.internal.memory.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/* Overview

Two facts make an edge: a thread sleeps for a lock (its row, one and the same in two looks), and another thread that sleeps
holds it (the lock's word, and the thread that the holder's supervisor wrote down). The second fact is as of some moment
before; it counts only if that moment lies after the holder went to sleep: a thread that sleeps without a break holds at
the end what it held in between. So two looks at the same rows, however far apart, prove every edge of a circle at once. */

/** Who waits for whom, in all processes of a session, as of one look. */
final class WaitGraph {
    private WaitGraph() {}

    /** {@return the circles that this look shows: deadlocks if the next look shows them too} */
    static List<WaitCycle> cycles(Participant participant) {
        List<WaitRow> rows = new ArrayList<>();
        Map<Long, Block> locks = new HashMap<>();
        participant.heap().forEach(block -> {
            ObjectType type = ObjectType.of(block.type());
            if (type == ObjectType.WAIT_TABLE) {
                WaitTable.read(block, rows);
            } else if (type == ObjectType.LOCK || type == ObjectType.REENTRANT_LOCK) {
                locks.put(block.id(), block);
            }
        });
        rows.removeIf(row -> !participant.table().isMember(row.owner()));
        Map<WaitRow, WaitRow> next = new HashMap<>();
        for (WaitRow row : rows) {
            WaitRow holder = holder(locks.get(row.object()), rows);
            if (holder != null) {
                next.put(row, holder);
            }
        }
        return circles(next, locks);
    }

    private static @Nullable WaitRow holder(@Nullable Block lock, List<WaitRow> rows) {
        if (lock == null) {
            return null;
        }
        LockView view = new LockView(lock.memory(), lock.offset() + LockView.IN_BLOCK);
        long holder = view.holder();
        long published = view.ownerPublished();
        long thread = view.ownerThread();
        if (holder == 0 || published == 0 || view.ownerPublished() != published) {
            return null;
        }
        for (WaitRow other : rows) {
            if (other.owner() == holder && other.thread() == thread && published - other.sinceNanos() > 0) {
                return other;
            }
        }
        return null;
    }

    private static List<WaitCycle> circles(Map<WaitRow, WaitRow> next, Map<Long, Block> locks) {
        List<WaitCycle> found = new ArrayList<>();
        Set<WaitRow> seen = new HashSet<>();
        for (WaitRow start : next.keySet()) {
            List<WaitRow> path = new ArrayList<>();
            WaitRow at = start;
            while (at != null && seen.add(at)) {
                path.add(at);
                at = next.get(at);
            }
            int from = at == null ? -1 : path.indexOf(at);
            if (from >= 0) {
                found.add(cycle(path.subList(from, path.size()), locks));
            }
        }
        return found;
    }

    private static WaitCycle cycle(List<WaitRow> rows, Map<Long, Block> locks) {
        int first = 0;
        for (int i = 1; i < rows.size(); i++) {
            WaitRow a = rows.get(i);
            WaitRow b = rows.get(first);
            if (a.owner() < b.owner() || (a.owner() == b.owner() && a.thread() < b.thread())) {
                first = i;
            }
        }
        List<WaitCycle.Edge> edges = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            WaitRow row = rows.get((first + i) % rows.size());
            Block lock = locks.get(row.object());
            edges.add(new WaitCycle.Edge(
                    row.owner() & Owner.MASK,
                    row.thread(),
                    row.threadName(),
                    row.object(),
                    lock == null ? "" : Deaths.label(lock),
                    row.sequence(),
                    row.sinceMillis(),
                    lock != null && (lock.memory().getLong(lock.offset()) & LockView.DETECT_DEADLOCKS) != 0));
        }
        return new WaitCycle(List.copyOf(edges));
    }
}

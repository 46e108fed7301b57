package dev.procession.session;

import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.HeapStatistics;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The text of {@link Session#dump}. */
final class SessionDump {
    /** The session's own: what they hold is told in better words, or nothing for people. */
    private static final Set<ObjectType> INTERNAL = EnumSet.of(
            ObjectType.RECORDER,
            ObjectType.WAIT_TABLE,
            ObjectType.WAITER_CHUNK,
            ObjectType.QUEUE_ITEM,
            ObjectType.QUEUE_EXTENT);

    /** Beyond it objects are only counted. */
    private static final int MOST_OBJECTS = 1000;

    private final StringBuilder text = new StringBuilder();

    private SessionDump() {}

    static String of(Session session, Participant participant) throws InterruptedException {
        SessionDump dump = new SessionDump();
        dump.head(session, participant);
        dump.processes(session.processes(), session.ended());
        dump.objects(participant);
        dump.deadlocks(session.deadlocks());
        return dump.text.toString();
    }

    private void head(Session session, Participant participant) {
        HeapStatistics memory = participant.heap().statistics();
        line("session " + session.path());
        line("  memory: " + memory.blocks() + " objects, " + memory.usedBytes() + " bytes used, " + memory.freeBytes()
                + " free in " + memory.segments() + " segments");
        line("  rescued waits: " + session.rescues());
    }

    private void processes(List<SessionProcess> living, List<SessionProcess> ended) {
        line("processes");
        for (SessionProcess process : living) {
            line("  " + process + (process.pid() == ProcessHandle.current().pid() ? ": this one" : ""));
        }
        for (SessionProcess process : ended) {
            line("  " + process);
        }
    }

    private void objects(Participant participant) {
        line("objects");
        List<Block> blocks = new ArrayList<>();
        participant.heap().forEach(block -> {
            if (!INTERNAL.contains(ObjectType.of(block.type()))) {
                blocks.add(block);
            }
        });
        for (Block block : blocks.subList(0, Math.min(blocks.size(), MOST_OBJECTS))) {
            line("  " + participant.describe(block));
        }
        if (blocks.size() > MOST_OBJECTS) {
            line("  and " + (blocks.size() - MOST_OBJECTS) + " more");
        }
    }

    private void deadlocks(List<Deadlock> deadlocks) {
        line("deadlocks: " + deadlocks.size());
        for (Deadlock deadlock : deadlocks) {
            deadlock.describe().lines().forEach(line -> line("  " + line));
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}

package dev.procession.shared;

import dev.procession.internal.memory.Memory;
import dev.procession.internal.memory.NamedSegments;
import dev.procession.internal.memory.ObjectName;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionForm;
import java.nio.ByteBuffer;

/** A file of its own in the session's directory. It is unmapped when the last buffer of it is gone. */
final class SegmentRegion extends Region {
    private final String name;

    private SegmentRegion(Participant participant, String name, Memory memory) {
        super(participant, memory);
        this.name = name;
    }

    static SegmentRegion create(Participant participant, String name, int bytes) {
        return new SegmentRegion(participant, name, segments(participant).create(name, bytes));
    }

    static SegmentRegion attach(Participant participant, String name) {
        return new SegmentRegion(participant, name, segments(participant).attach(name));
    }

    static NamedSegments segments(Participant participant) {
        return new NamedSegments(participant.directory());
    }

    @Override
    void detach() {
        // The mapping goes with its last buffer, and the file with the session: an attachment owns nothing.
    }

    @Override
    String label() {
        return "segment " + ObjectName.shown(name);
    }

    @Override
    String name() {
        return name;
    }

    @Override
    ByteBuffer buffer(int from, int length) {
        requireOpen();
        return memory().slice(from, length);
    }

    @Override
    Form form() {
        requireOpen();
        return new SegmentForm(participant().form(), name);
    }

    private record SegmentForm(SessionForm session, String name) implements Form {
        @Override
        public Region arrive() {
            return attach(session.arrive(), name);
        }
    }
}

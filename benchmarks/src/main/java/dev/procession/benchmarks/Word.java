package dev.procession.benchmarks;

import dev.procession.internal.memory.Block;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.session.Session;
import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A long in shared memory without any care for its order: what a lock guards. Travels by its session and its name. */
final class Word implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String session;
    private final String name;
    private transient @Nullable Attachment<Block> attachment;

    Word(Session session, String name) {
        this.session = session.path().toString();
        this.name = name;
        this.attachment = attach(session);
    }

    private Attachment<Block> attach(Session here) {
        return SessionAccess.of(here)
                .open(ObjectType.BYTES, name, Long.BYTES, block -> {}, (participant, block) -> block);
    }

    private Block block() {
        Attachment<Block> known = attachment;
        if (known == null) {
            known = attach(Session.attach(Path.of(session)));
            attachment = known;
        }
        return known.core();
    }

    long get() {
        Block block = block();
        return block.memory().getLong(block.offset());
    }

    void set(long value) {
        Block block = block();
        block.memory().setLong(block.offset(), value);
    }
}

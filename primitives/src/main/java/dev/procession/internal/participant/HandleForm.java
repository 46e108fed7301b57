package dev.procession.internal.participant;

import dev.procession.internal.memory.Block;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * A handle as it travels: where the object is, and the slot that was reserved for the process it travels to. Small, and
 * good for this machine and this session only.
 *
 * @param session the session's directory
 * @param reserved the word of the slot that was reserved for the receiver, 0 if none was
 * @param type code of the object's type
 * @param segment the segment of its block
 * @param offset the offset of its block
 * @param generation the generation of its block
 */
public record HandleForm(String session, long reserved, int type, int segment, int offset, long generation)
        implements Serializable {

    /**
     * Attaches to the object, and to its session if this process has not yet.
     *
     * @param core makes what the handles of this JVM share, for the first of them
     * @throws dev.procession.ObjectGoneException if the object was freed
     */
    public <C> Attachment<C> attach(BiFunction<Participant, Block, C> core) {
        Participant participant = Participant.arrive(Path.of(session), reserved);
        return participant.attach(participant.heap().resolve(segment, offset, generation, type), core);
    }
}

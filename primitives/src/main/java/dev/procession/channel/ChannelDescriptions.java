package dev.procession.channel;

import dev.procession.internal.participant.Descriptions;
import dev.procession.internal.participant.ObjectType;

/** What a dump says of the objects of this package. Initialized by whoever makes one: a child does not pay for it. */
final class ChannelDescriptions {
    static {
        Descriptions.of(
                ObjectType.PIPE, PipeCore::of, attachment -> attachment.core().describe());
        Descriptions.of(
                ObjectType.QUEUE, QueueCore::of, attachment -> attachment.core().describe());
        Descriptions.of(
                ObjectType.JOINABLE_QUEUE,
                QueueCore::of,
                attachment -> attachment.core().describe());
    }

    private ChannelDescriptions() {}
}

package dev.procession.sync;

import dev.procession.internal.participant.Descriptions;
import dev.procession.internal.participant.ObjectType;

/** What a dump says of the objects of this package. Initialized by whoever makes one: a child does not pay for it. */
final class SyncDescriptions {
    static {
        Descriptions.of(
                ObjectType.LOCK, LockCore::new, attachment -> attachment.core().describe());
        Descriptions.of(
                ObjectType.REENTRANT_LOCK,
                LockCore::new,
                attachment -> attachment.core().describe());
        Descriptions.of(
                ObjectType.EVENT,
                EventCore::new,
                attachment -> attachment.core().describe());
        Descriptions.of(
                ObjectType.BARRIER,
                BarrierCore::of,
                attachment -> attachment.core().describe());
        Descriptions.of(
                ObjectType.CONDITION,
                ConditionCore::new,
                attachment -> attachment.core().describe());
        Descriptions.of(
                ObjectType.SEMAPHORE,
                SemaphoreCore::of,
                attachment -> attachment.core().describe());
        Descriptions.of(
                ObjectType.LEASED_SEMAPHORE,
                SemaphoreCore::of,
                attachment -> attachment.core().describe());
    }

    private SyncDescriptions() {}
}

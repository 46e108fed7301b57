package dev.procession.shared;

import dev.procession.internal.participant.Descriptions;
import dev.procession.internal.participant.ObjectType;
import java.util.List;

/** What a dump says of the objects of this package. Initialized by whoever makes one: a child does not pay for it. */
final class SharedDescriptions {
    static {
        for (ObjectType type : List.of(ObjectType.BYTES, ObjectType.NUMBER, ObjectType.ARRAY, ObjectType.RECORD)) {
            Descriptions.of(
                    type,
                    Shape::read,
                    attachment -> attachment.label() + ": " + attachment.core().describe());
        }
        Descriptions.of(
                ObjectType.LIST, ListCore::new, attachment -> attachment.core().describe());
    }

    private SharedDescriptions() {}
}

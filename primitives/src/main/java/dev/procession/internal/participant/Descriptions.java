package dev.procession.internal.participant;

import dev.procession.ObjectGoneException;
import dev.procession.internal.memory.Block;
import dev.procession.internal.waiting.WaitPoint;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of the state of an object, by its type. The packages above know their objects; a class in each of them
 * says so here when it is initialized.
 */
public final class Descriptions {
    private static final Map<ObjectType, BiFunction<Participant, Block, String>> KNOWN =
            new EnumMap<>(ObjectType.class);

    private Descriptions() {}

    /**
     * Says how objects of a type are described.
     *
     * @param core makes what the handles of a JVM share
     * @param text the text: label and state
     */
    public static <C> void of(
            ObjectType type, BiFunction<Participant, Block, C> core, Function<Attachment<C>, String> text) {
        synchronized (KNOWN) {
            KNOWN.put(type, (participant, block) -> {
                Attachment<C> attachment = participant.attach(block, core);
                try {
                    return text.apply(attachment);
                } finally {
                    attachment.abandon();
                }
            });
        }
    }

    /** {@return label and state of an object, or its label and length if there is no more to say} */
    static String describe(Participant participant, Block block) {
        ObjectType type = ObjectType.of(block.type());
        BiFunction<Participant, Block, String> known = known(type);
        if (known == null && !type.descriptions().isEmpty()) {
            try {
                Class.forName(type.descriptions());
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e); // a class of this library
            }
            known = known(type);
        }
        String text = Deaths.label(block) + ": " + block.size() + " bytes";
        try {
            return known == null ? text : known.apply(participant, block);
        } catch (ObjectGoneException e) {
            return Deaths.label(block) + ": gone meanwhile";
        }
    }

    private static @Nullable BiFunction<Participant, Block, String> known(ObjectType type) {
        synchronized (KNOWN) {
            return KNOWN.get(type);
        }
    }

    /** {@return which processes sleep for an object, as the end of a sentence; empty if none does} */
    public static String waiting(Participant participant, WaitPoint point) {
        StringJoiner names = new StringJoiner(", ", "; waited for by ", "").setEmptyValue("");
        long[] slots = point.sleepingSlots();
        for (int word = 0; word < slots.length; word++) {
            for (long bits = slots[word]; bits != 0; bits &= bits - 1) {
                long owner = participant.table().occupant(word * Long.SIZE + Long.numberOfTrailingZeros(bits) + 1);
                if (owner != 0) {
                    int threads = owner == participant.self() ? point.localSleepers() : 0;
                    names.add((threads == 0 ? "" : threads + (threads == 1 ? " thread of " : " threads of "))
                            + participant.facts(owner).label());
                }
            }
        }
        return names.toString();
    }
}

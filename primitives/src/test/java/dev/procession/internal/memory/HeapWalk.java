package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the files of a session without the classes under test, and asserts what must always hold of them. */
final class HeapWalk {
    /** A block that is in use. */
    record Found(
            int segment, int offset, long gen, int type, int payload, String name, long state, Set<Integer> users) {
        boolean published() {
            return (state & 3) == 2;
        }

        String handle() {
            return segment + ":" + offset + ":" + gen;
        }
    }

    private HeapWalk() {}

    static List<Found> walk(Path session) throws IOException {
        List<Found> all = new ArrayList<>();
        Memory first = SegmentFile.map(session.resolve("segment-0"), 0);
        int slots = first.getInt(36);
        int headerBytes = (64 + slots / 8 + 63) / 64 * 64;
        int count = first.getInt(704);
        long hint = first.getLong(720);
        boolean hintSeen = false;
        Set<Long> gens = new HashSet<>();
        for (int segment = 0; segment < count; segment++) {
            Memory memory = segment == 0 ? first : SegmentFile.map(session.resolve("segment-" + segment), segment);
            assertEquals(Files.size(session.resolve("segment-" + segment)), memory.getLong(24));
            int at = memory.getInt(40);
            while (at < memory.size()) {
                long size = memory.getLong(at);
                String where = "segment " + segment + " offset " + at + " size " + size;
                assertTrue(size >= 64 && size % 64 == 0 && at + size <= memory.size(), where);
                hintSeen |= hint == ((long) segment << 32 | at);
                long state = memory.getLong(at + 8);
                if (state != 0) {
                    int payload = memory.getInt(at + 44);
                    int name = memory.getInt(at + 48);
                    assertTrue(headerBytes + payload + name <= size, where);
                    byte[] utf8 = new byte[name];
                    memory.getBytes(at + headerBytes + payload, utf8, 0, name);
                    Set<Integer> users = new TreeSet<>();
                    for (int slot = 1; slot <= slots; slot++) {
                        if ((memory.getByte(at + 64 + (slot - 1) / 8) >> (slot - 1) % 8 & 1) != 0) {
                            users.add(slot);
                        }
                    }
                    long gen = memory.getLong(at + 16);
                    assertTrue(gens.add(gen) && gen > 0 && gen <= first.getLong(712), where + " gen " + gen);
                    all.add(new Found(
                            segment,
                            at + headerBytes,
                            gen,
                            memory.getInt(at + 40),
                            payload,
                            name == 0 ? null : new String(utf8, StandardCharsets.UTF_8),
                            state,
                            users));
                }
                at += (int) size;
            }
            assertEquals(memory.size(), at, "the blocks of segment " + segment + " end with the file");
        }
        assertTrue(hintSeen, "the hint is a block");
        return all;
    }
}

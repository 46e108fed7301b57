package dev.procession.internal.liveness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.memory.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessTableTest {
    private static final int SLOTS = 64;

    @TempDir
    private Path session;

    private ProcessTable table;

    @BeforeEach
    void make() throws IOException {
        Memory memory =
                new Memory(ByteBuffer.allocateDirect(SLOTS * ProcessTable.ROW_LENGTH + ProcessTable.OBITUARIES_LENGTH));
        Path alive = Files.createDirectory(session.resolve("alive"));
        table = new ProcessTable(memory, 0, SLOTS, SLOTS * ProcessTable.ROW_LENGTH, alive);
    }

    @Test
    void enter_allSlotsTaken_isNullUntilOneIsSettled() throws IOException {
        List<Membership> members = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            members.add(table.enter("member " + i));
        }
        assertNull(table.enter("one too many"));
        assertEquals(0, table.reserve(members.get(0).owner(), "one too many"));
        long left = members.get(17).owner();
        members.get(17).close();
        assertNull(table.enter("before it is settled"), "a dead one's slot is not free yet");
        table.settled(left);
        Membership successor = table.enter("successor");
        assertNotNull(successor);
        assertEquals(Owner.slot(left), Owner.slot(successor.owner()));
        assertEquals(Owner.generation(left) + 1, Owner.generation(successor.owner()));
        assertFalse(table.isMember(left));
        assertTrue(table.isMember(successor.owner()));
        assertEquals("member 17", table.facts(left).name());
        assertTrue(table.facts(left).inOrder());
    }

    @Test
    void isAlive_ofThisJvm_neverTouchesItsOwnLock() throws IOException {
        Membership member = table.enter("me");
        for (int probe = 0; probe < 3; probe++) {
            assertTrue(table.isAlive(member.owner(), 0));
            assertTrue(ProcessTable.isHeld(session.resolve("alive").resolve(Owner.text(member.owner()))));
        }
        assertNull(AliveFile.hold(session.resolve("alive").resolve(Owner.text(member.owner()))));
    }

    @Test
    void reserve_childNeverComes_isGivenUp() throws IOException {
        Membership parent = table.enter("parent");
        long child = table.reserve(parent.owner(), "child");
        assertTrue(table.isMember(child));
        assertTrue(table.isAlive(child, 0), "its parent lives, so it may come");
        assertTrue(table.giveUp(child));
        assertFalse(table.isMember(child));
        assertNull(table.enterReserved(child, "child"), "too late");
        table.settled(child);
        assertEquals(List.of(), table.dead(), "nobody has died");
    }

    @Test
    void reserve_parentDies_isFoundDeadUnlessTheChildHasCome() throws IOException {
        Membership parent = table.enter("parent");
        long early = table.reserve(parent.owner(), "early");
        long late = table.reserve(parent.owner(), "late");
        Membership child = table.enterReserved(early, "early");
        assertNotNull(child);
        assertFalse(table.giveUp(early), "it has come");
        parent.close();
        assertTrue(table.isAlive(early, 0));
        assertFalse(table.isAlive(late, 0));
    }

    @Test
    void dead_moreThanAreKept_theLastOnesStay() throws IOException {
        for (int i = 0; i < 300; i++) {
            Membership member = table.enter("member " + i);
            table.exit(member.owner(), i % 2 == 0 ? -9 : 3);
            member.close();
            table.settled(member.owner());
        }
        List<ProcessFacts> dead = table.dead();
        assertEquals(256, dead.size());
        assertEquals("member 299", dead.get(255).name());
        assertEquals(OptionalInt.of(3), dead.get(255).exitCode());
        assertEquals(OptionalInt.of(-9), dead.get(254).exitCode());
    }

    @Test
    void name_longOrOfManyBytes_isCutAtAWholeCharacter() throws IOException {
        Membership member = table.enter("ї".repeat(100));
        String name = table.facts(member.owner()).name();
        assertTrue(name.length() > 50 && "ї".repeat(100).startsWith(name), name);
    }
}

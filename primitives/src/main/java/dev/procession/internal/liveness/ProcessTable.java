package dev.procession.internal.liveness;

import static dev.procession.internal.liveness.ProcessRowLayout.ALIVE;
import static dev.procession.internal.liveness.ProcessRowLayout.BELL;
import static dev.procession.internal.liveness.ProcessRowLayout.DEAD;
import static dev.procession.internal.liveness.ProcessRowLayout.ENDING;
import static dev.procession.internal.liveness.ProcessRowLayout.EXIT;
import static dev.procession.internal.liveness.ProcessRowLayout.FREE;
import static dev.procession.internal.liveness.ProcessRowLayout.HEARTBEAT;
import static dev.procession.internal.liveness.ProcessRowLayout.IN_ORDER;
import static dev.procession.internal.liveness.ProcessRowLayout.KNOWN;
import static dev.procession.internal.liveness.ProcessRowLayout.LENGTH;
import static dev.procession.internal.liveness.ProcessRowLayout.LOST_RINGS;
import static dev.procession.internal.liveness.ProcessRowLayout.NAME_LENGTH;
import static dev.procession.internal.liveness.ProcessRowLayout.NAME_MAX;
import static dev.procession.internal.liveness.ProcessRowLayout.PID;
import static dev.procession.internal.liveness.ProcessRowLayout.PROBED;
import static dev.procession.internal.liveness.ProcessRowLayout.RESCUES;
import static dev.procession.internal.liveness.ProcessRowLayout.RESERVED;
import static dev.procession.internal.liveness.ProcessRowLayout.RESERVER;
import static dev.procession.internal.liveness.ProcessRowLayout.RUNG;
import static dev.procession.internal.liveness.ProcessRowLayout.SEEN_DEAD;
import static dev.procession.internal.liveness.ProcessRowLayout.STACKS;
import static dev.procession.internal.liveness.ProcessRowLayout.STARTED;
import static dev.procession.internal.liveness.ProcessRowLayout.STATE;
import static dev.procession.internal.liveness.ProcessRowLayout.generation;
import static dev.procession.internal.liveness.ProcessRowLayout.state;

import dev.procession.internal.log.LibraryLog;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The participants of a session: one row each, reused under a new generation when everything that a dead one left behind
 * is settled.
 *
 * <p>Life of a row: FREE(g) - RESERVED(g+1) by the parent of a child that is about to start - ALIVE(g+1) when its
 * participant holds the locked file {@code alive/slot-generation} - DEAD(g+1) when somebody found that file unlocked -
 * FREE(g+1) when its traces are settled. Each step is one compare-and-set, so it happens once, whoever dies.
 */
public final class ProcessTable {
    /** Bytes of one row. */
    public static final int ROW_LENGTH = LENGTH;

    /** Bytes that the obituaries take. */
    public static final int OBITUARIES_LENGTH = 64 + 256 * 256;

    /** Start times of processes are known to a hundredth of a second, and clocks are set now and then. */
    private static final long CLOCK_MILLIS = 2000;

    private final Memory memory;
    private final int rows;
    private final int slots;
    private volatile Path alive;
    private volatile boolean filesMissed;
    private final Obituaries obituaries;

    /**
     * The table of a session.
     *
     * @param memory where it lies
     * @param rows offset of the first row
     * @param slots number of rows
     * @param obituaries offset of the obituaries
     * @param alive the directory of the locked files
     */
    public ProcessTable(Memory memory, int rows, int slots, int obituaries, Path alive) {
        this.memory = memory;
        this.rows = rows;
        this.slots = slots;
        this.alive = alive;
        this.obituaries = new Obituaries(memory, obituaries);
    }

    /** The directory of the locked files has another path now. */
    public void movedTo(Path directory) {
        alive = directory;
    }

    /** {@return how many participants a session can have} */
    public int slots() {
        return slots;
    }

    /**
     * Takes a free row for this process.
     *
     * @param name what messages call it
     * @return the membership, or null if every row is taken
     */
    public @Nullable Membership enter(String name) throws IOException {
        for (int slot = 1; slot <= slots; slot++) {
            long word = memory.getLongVolatile(row(slot) + STATE);
            if (state(word) != FREE || generation(word) >= Owner.MAX_GENERATION) {
                continue;
            }
            long next = generation(word) + 1;
            // The file first: a process that dies after this leaves an unlocked file, which the next one locks and
            // uses.
            AliveFile file = AliveFile.hold(file(Owner.of(slot, next)));
            if (file == null) {
                continue;
            }
            FaultPoint.reached("enter.locked");
            if (memory.compareAndSetLong(row(slot) + STATE, word, state(next, ALIVE))) {
                FaultPoint.reached("enter.alive");
                return become(Owner.of(slot, next), name, file);
            }
            file.close();
        }
        return null;
    }

    /**
     * Reserves a row for a child that is about to start, so that what travels to it is not freed before it arrives.
     *
     * @param by the participant that starts it
     * @param name the child's name
     * @return the child's word, or 0 if every row is taken
     */
    public long reserve(long by, String name) {
        for (int slot = 1; slot <= slots; slot++) {
            int row = row(slot);
            long word = memory.getLongVolatile(row + STATE);
            if (state(word) == FREE
                    && generation(word) < Owner.MAX_GENERATION
                    && memory.compareAndSetLong(row + STATE, word, state(generation(word) + 1, RESERVED))) {
                // A death between these two stores leaves a reserved row without a reserver: one row less until the
                // session ends, since nobody can tell it from a reserver that is slow.
                FaultPoint.reached("reserve.reserved");
                clear(row);
                memory.setLongVolatile(row + RESERVER, by);
                Names.write(memory, row + NAME_LENGTH, NAME_MAX, name);
                return Owner.of(slot, generation(word) + 1);
            }
        }
        return 0;
    }

    /**
     * Enters a row that the parent reserved.
     *
     * @return the membership, or null if the reservation is gone, because the parent died or gave it up
     */
    public @Nullable Membership enterReserved(long owner, String name) throws IOException {
        AliveFile file = AliveFile.hold(file(owner));
        if (file == null) {
            return null;
        }
        if (memory.compareAndSetLong(
                row(Owner.slot(owner)) + STATE,
                state(Owner.generation(owner), RESERVED),
                state(Owner.generation(owner), ALIVE))) {
            return become(owner, name, file);
        }
        file.close();
        return null;
    }

    private Membership become(long owner, String name, AliveFile file) {
        int row = row(Owner.slot(owner));
        clear(row);
        memory.setLong(row + PID, ProcessHandle.current().pid());
        memory.setLong(row + STARTED, System.currentTimeMillis());
        memory.setLongOpaque(row + HEARTBEAT, System.nanoTime());
        memory.setLongOpaque(row + PROBED, System.nanoTime());
        Names.write(memory, row + NAME_LENGTH, NAME_MAX, name);
        return new Membership(this, owner, file);
    }

    private void clear(int row) {
        memory.setLong(row + PID, 0);
        memory.setLong(row + EXIT, 0);
        memory.setLong(row + BELL, 0);
        memory.setLong(row + RUNG, 0);
        memory.setLong(row + RESCUES, 0);
        memory.setLong(row + LOST_RINGS, 0);
        memory.setLong(row + STACKS, 0);
        memory.setLong(row + SEEN_DEAD, 0);
        memory.setLong(row + ENDING, 0);
    }

    /**
     * Whether a participant takes part, by what is written in the table: no system call.
     *
     * @param owner a word; its flags do not matter
     */
    public boolean isMember(long owner) {
        int slot = Owner.slot(owner);
        if (slot == 0 || slot > slots) {
            return false;
        }
        long word = memory.getLongVolatile(row(slot) + STATE);
        return generation(word) == Owner.generation(owner) && (state(word) == ALIVE || state(word) == RESERVED);
    }

    /** {@return whether a row is reserved for a child that has not come yet} */
    public boolean isReserved(long owner) {
        return memory.getLongVolatile(row(Owner.slot(owner)) + STATE) == state(Owner.generation(owner), RESERVED);
    }

    /**
     * Whether a participant lives; asks the kernel unless somebody did so lately.
     *
     * @param owner a word; its flags do not matter
     * @param maxAgeNanos how old an answer may be
     */
    public boolean isAlive(long owner, long maxAgeNanos) {
        if (!isMember(owner)) {
            return false;
        }
        int row = row(Owner.slot(owner));
        long probed = memory.getLongOpaque(row + PROBED);
        long now = System.nanoTime();
        if (now - probed < maxAgeNanos || !memory.compareAndSetLong(row + PROBED, probed, now)) {
            return true;
        }
        return !probe(owner & Owner.MASK);
    }

    /** Asks the kernel; marks the row if the participant is gone. Returns whether it is. */
    private boolean probe(long owner) {
        int row = row(Owner.slot(owner));
        long word = memory.getLongVolatile(row + STATE);
        if (state(word) == RESERVED) {
            long reserver = memory.getLongVolatile(row + RESERVER);
            if (reserver == 0 || isMember(reserver) || AliveFile.isHeld(file(owner))) {
                return false;
            }
        } else {
            AliveFile.State found = AliveFile.look(file(owner));
            if (found == AliveFile.State.HELD
                    || (found == AliveFile.State.MISSING && isMember(owner) && mayRunWithoutFile(owner))) {
                return false;
            }
        }
        markDead(owner);
        return !isMember(owner);
    }

    /**
     * Nobody of the session removes the file of a row that is ALIVE, so others did: who cleans up a directory for temporary files, or
     * a system that removes a user's shared memory when the user logs out. A living owner must not be robbed for that.
     */
    private boolean mayRunWithoutFile(long owner) {
        int row = row(Owner.slot(owner));
        if (!filesMissed) {
            filesMissed = true;
            LibraryLog.log(
                    Level.WARNING,
                    () -> "files in " + alive
                            + " were deleted by somebody who does not take part in the session: it goes on,"
                            + " deaths are seen by process ids, and no other process can join it");
        }
        long pid = memory.getLongOpaque(row + PID);
        if (pid == 0) {
            return true; // it is just about to come
        }
        long came = memory.getLongOpaque(row + STARTED);
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                // A process that began after it came has the number of one that ended.
                .filter(process -> process.info()
                        .startInstant()
                        .map(began -> began.toEpochMilli() <= came + CLOCK_MILLIS)
                        .orElse(true))
                .isPresent();
    }

    /** Writes down that a participant is gone. Idempotent. */
    public void markDead(long owner) {
        int row = row(Owner.slot(owner));
        long word = memory.getLongVolatile(row + STATE);
        if (generation(word) == Owner.generation(owner) && (state(word) == ALIVE || state(word) == RESERVED)) {
            memory.setLongOpaque(row + SEEN_DEAD, System.currentTimeMillis());
            memory.compareAndSetLong(row + STATE, word, state(generation(word), DEAD));
            FaultPoint.reached("death.marked");
        }
    }

    /** {@return whether a living process holds a locked file} */
    public static boolean isHeld(Path file) {
        return AliveFile.isHeld(file);
    }

    /**
     * Takes back the reservation of a child that will not come.
     *
     * @return false if the child has come
     */
    public boolean giveUp(long owner) {
        int row = row(Owner.slot(owner));
        return memory.compareAndSetLong(
                row + STATE, state(Owner.generation(owner), RESERVED), state(Owner.generation(owner), DEAD));
    }

    /** Probes every participant that nobody probed lately. Returns how many were found dead. */
    public int probeAll(long maxAgeNanos) {
        int found = 0;
        for (int slot = 1; slot <= slots; slot++) {
            long word = memory.getLongVolatile(row(slot) + STATE);
            if ((state(word) == ALIVE || state(word) == RESERVED)
                    && !isAlive(Owner.of(slot, generation(word)), maxAgeNanos)) {
                found++;
            }
        }
        return found;
    }

    /** {@return the words of the dead whose traces are not settled yet} */
    public List<Long> unsettled() {
        List<Long> dead = new ArrayList<>(0);
        for (int slot = 1; slot <= slots; slot++) {
            long word = memory.getLongVolatile(row(slot) + STATE);
            if (state(word) == DEAD) {
                dead.add(Owner.of(slot, generation(word)));
            }
        }
        return dead;
    }

    /**
     * Frees the row of a dead participant; after its blocks are settled, and under the heap's lock, so that one process
     * does it.
     */
    public void settled(long owner) {
        int row = row(Owner.slot(owner));
        long word = memory.getLongVolatile(row + STATE);
        if (state(word) != DEAD || generation(word) != Owner.generation(owner)) {
            return;
        }
        if (memory.getLongOpaque(row + PID) != 0 && obituaries.find(owner) == null) {
            ProcessFacts facts = facts(owner);
            obituaries.write(
                    owner,
                    facts.pid(),
                    facts.name(),
                    memory.getLongOpaque(row + SEEN_DEAD),
                    memory.getLongOpaque(row + EXIT) | (facts.inOrder() ? IN_ORDER : 0));
            long exit = memory.getLongVolatile(row + EXIT);
            if ((exit & KNOWN) != 0) {
                obituaries.exit(owner, (int) exit); // it may have come since the row was read
            }
        }
        FaultPoint.reached("death.written");
        deleteQuietly(file(owner));
        memory.setLongVolatile(row + RESERVER, 0);
        memory.compareAndSetLong(row + STATE, word, state(generation(word), FREE));
        FaultPoint.reached("death.settled");
    }

    /** What is known of a participant, living or dead. */
    public ProcessFacts facts(long owner) {
        long clean = owner & Owner.MASK;
        int slot = Owner.slot(owner);
        if (slot >= 1 && slot <= slots) {
            int row = row(slot);
            long word = memory.getLongVolatile(row + STATE);
            if (generation(word) == Owner.generation(owner) && state(word) != FREE) {
                ProcessFacts facts = new ProcessFacts(
                        clean,
                        memory.getLongOpaque(row + PID),
                        Names.read(memory, row + NAME_LENGTH, NAME_MAX),
                        state(word) == DEAD ? memory.getLongOpaque(row + SEEN_DEAD) : 0,
                        Obituaries.exitCode(memory.getLongOpaque(row + EXIT)),
                        memory.getLongOpaque(row + ENDING) == 1);
                if (memory.getLongVolatile(row + STATE) == word) {
                    return facts;
                }
            }
            ProcessFacts dead = obituaries.find(clean);
            if (dead != null) {
                return dead;
            }
        }
        return new ProcessFacts(clean, 0, "", 0, Obituaries.exitCode(0), false);
    }

    /** {@return the living, by slot} */
    public List<ProcessFacts> members() {
        List<ProcessFacts> members = new ArrayList<>();
        for (int slot = 1; slot <= slots; slot++) {
            long word = memory.getLongVolatile(row(slot) + STATE);
            if (state(word) == ALIVE) {
                members.add(facts(Owner.of(slot, generation(word))));
            }
        }
        return members;
    }

    /** {@return the dead that are still remembered, oldest first} */
    public List<ProcessFacts> dead() {
        List<ProcessFacts> dead = new ArrayList<>(obituaries.all());
        for (long owner : unsettled()) {
            ProcessFacts facts = facts(owner);
            if (facts.pid() != 0 && dead.stream().noneMatch(known -> known.owner() == owner)) {
                dead.add(facts);
            }
        }
        return dead;
    }

    /**
     * Writes down how a participant ends or ended: its exit code, or minus the number of a signal. Others may have noticed its
     * death before its parent did, and have settled it already.
     */
    public void exit(long owner, int code) {
        int row = row(Owner.slot(owner));
        if (generation(memory.getLongVolatile(row + STATE)) == Owner.generation(owner)) {
            memory.setLongVolatile(row + EXIT, KNOWN | (code & 0xffffffffL));
        }
        obituaries.exit(owner, code);
    }

    /** {@return the word of whoever has a slot now, 0 if nobody living} */
    public long occupant(int slot) {
        long word = memory.getLongVolatile(row(slot) + STATE);
        return state(word) == ALIVE ? Owner.of(slot, generation(word)) : 0;
    }

    /** {@return milliseconds since a participant's last tick; a large number means that it is stopped or starved} */
    public long silentMillis(long owner) {
        return (System.nanoTime() - memory.getLongOpaque(row(Owner.slot(owner)) + HEARTBEAT)) / 1_000_000;
    }

    /** {@return when a participant came, in milliseconds since 1970} */
    public long startedMillis(long owner) {
        return memory.getLongOpaque(row(Owner.slot(owner)) + STARTED);
    }

    /** Tells that a participant's supervisor ran. */
    public void beat(long owner) {
        memory.setLongOpaque(row(Owner.slot(owner)) + HEARTBEAT, System.nanoTime());
    }

    /** Tells that a participant's doorbell is bound. */
    public void bellBound(long owner) {
        // release: a process that sees it finds the socket in its directory.
        memory.setLongRelease(row(Owner.slot(owner)) + BELL, 1);
    }

    /** {@return whether there is a doorbell to ring} */
    public boolean hasBell(long owner) {
        return memory.getLongAcquire(row(Owner.slot(owner)) + BELL) == 1;
    }

    /** Counts rings to a participant, before they are sent; a negative number takes back what could not be sent. */
    public void addRings(long owner, long count) {
        memory.getAndAddLong(row(Owner.slot(owner)) + RUNG, count);
    }

    /** {@return rings that were sent to a participant} */
    public long rings(long owner) {
        return memory.getLongVolatile(row(Owner.slot(owner)) + RUNG);
    }

    /** Counts a wait that only a recheck ended. */
    public void addRescue(long owner) {
        memory.getAndAddLong(row(Owner.slot(owner)) + RESCUES, 1);
    }

    /** {@return waits of all living participants that only a recheck ended} */
    public long rescues() {
        long sum = 0;
        for (int slot = 1; slot <= slots; slot++) {
            if (occupant(slot) != 0) {
                sum += memory.getLongOpaque(row(slot) + RESCUES);
            }
        }
        return sum;
    }

    /** Counts a ring that a participant could not send. */
    public void addLostRing(long owner) {
        memory.getAndAddLong(row(Owner.slot(owner)) + LOST_RINGS, 1);
    }

    /** Asks a participant for its stacks. Returns the number of the request. */
    public long requestStacks(long owner) {
        return memory.getAndAddLong(row(Owner.slot(owner)) + STACKS, 1) + 1;
    }

    /** {@return how often a participant was asked for its stacks} */
    public long stackRequests(long owner) {
        return memory.getLongOpaque(row(Owner.slot(owner)) + STACKS);
    }

    /** Tells that a participant's JVM began to end in order. */
    public void ending(long owner) {
        memory.setLongOpaque(row(Owner.slot(owner)) + ENDING, 1);
    }

    private int row(int slot) {
        return rows + (slot - 1) * LENGTH;
    }

    private Path file(long owner) {
        return alive.resolve(Owner.text(owner));
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // An unlocked file of a generation that is over harms nobody; it goes with the session.
        }
    }
}

package dev.procession.channel;

import static dev.procession.channel.QueueLayout.DEAD;
import static dev.procession.channel.QueueLayout.ENDED;
import static dev.procession.channel.QueueLayout.HEAD;
import static dev.procession.channel.QueueLayout.HEAD_CURSORS;
import static dev.procession.channel.QueueLayout.LEAVING;
import static dev.procession.channel.QueueLayout.NONE;
import static dev.procession.channel.QueueLayout.ONE_OUT;
import static dev.procession.channel.QueueLayout.ORPHANS;
import static dev.procession.channel.QueueLayout.OUT;
import static dev.procession.channel.QueueLayout.OUT_ITEM;
import static dev.procession.channel.QueueLayout.OUT_SEQ;
import static dev.procession.channel.QueueLayout.REMOVING;
import static dev.procession.channel.QueueLayout.REMOVING_AT;
import static dev.procession.channel.QueueLayout.REMOVING_EXTENT;
import static dev.procession.channel.QueueLayout.REMOVING_ITEM;
import static dev.procession.channel.QueueLayout.RING_NEXT;
import static dev.procession.channel.QueueLayout.RING_READ;
import static dev.procession.channel.QueueLayout.TAIL;

import dev.procession.OwnerDeath;
import dev.procession.ProcessionException;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.record.EventCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/* Overview

A take copies the first item, writes the other cursor, and then one store of HEAD makes both true. Whoever dies before it has
taken nothing; whoever dies after it has taken the item with it, and its row says which one that was. The lowest bit of HEAD
says which cursor counts, so that it can also move alone, over the jump from one extent to the next: an extent is freed
after that, and LEAVING says which one if the mover dies in between. OUT_ITEM says the same of the block of a large item,
which goes from the queue to the process that took it.

An item of a joinable queue has a block with a lease. Taking it leases it: the lease is stored first, then HEAD; who
dies between them has a lease of an item that still lies in the queue, and repair() takes it back. Done, given back and given
up are one store of the lease each. How many are out is counted beside it, and counted anew by repair(). */

/** The end of a queue where items are taken. Every method but the reading ones is called by the holder of the head's lock. */
final class QueueHead {
    private final Participant participant;
    private final Memory memory;
    private final int base;
    private final QueueLayout layout;
    private final Parts parts;
    private final Extent ring;
    private final boolean joinable;
    private final int maxAttempts;
    private final long object;
    private final ConsumerDeaths log;
    private final long self;
    private final int myConsumer;
    private final TakenItems taken; // by this process
    private final Cursor cursor;
    private final Cursor looking;

    private Extent extent; // that of the last look
    private long tailSeen; // what TAIL was at least

    QueueHead(Participant participant, Block block, QueueLayout layout, Parts parts, Extent ring, boolean joinable) {
        this.participant = participant;
        this.memory = block.memory();
        this.base = block.offset();
        this.layout = layout;
        this.parts = parts;
        this.ring = ring;
        this.extent = ring;
        this.joinable = joinable;
        this.maxAttempts = (int) memory.getLong(base + QueueLayout.MAX_ATTEMPTS);
        this.object = block.gen();
        this.log = new ConsumerDeaths(memory, base + layout.deaths);
        this.self = participant.self();
        this.myConsumer = base + layout.consumer(Owner.slot(self));
        this.taken = taken(Owner.slot(self));
        this.cursor = new Cursor(memory, base + HEAD_CURSORS);
        this.looking = new Cursor(memory, base + HEAD_CURSORS);
    }

    private TakenItems taken(int slot) {
        return new TakenItems(memory, base + layout.taken(slot));
    }

    /** {@return how many items left the queue; any thread may ask} */
    long left() {
        return memory.getLongVolatile(base + HEAD) >>> 1;
    }

    /** {@return how many items were taken and are not done; any thread may ask} */
    long out() {
        return memory.getLongVolatile(base + OUT);
    }

    /** {@return how many of them are to be given out again; any thread may ask} */
    long orphans() {
        return memory.getLongVolatile(base + ORPHANS);
    }

    /** Whether an earlier look at TAIL saw more items than have left; without the lock a hint. */
    boolean hasSeenMore() {
        return left() < tailSeen;
    }

    private boolean hasItem(long head) {
        if (head >>> 1 < tailSeen) {
            return true;
        }
        tailSeen = memory.getLongAcquire(base + TAIL) & ~ENDED;
        return head >>> 1 < tailSeen;
    }

    /** Takes the first item, if there is one. */
    boolean take(Scratch into) {
        if (memory.getLong(myConsumer) != self) {
            claimRow();
        }
        if (joinable && orphans() > 0 && takeOrphan(into)) {
            return true;
        }
        long head = memory.getLong(base + HEAD);
        if (!hasItem(head)) {
            return false;
        }
        cursor.read(head);
        head = toItem(head);
        long header = extent.header(cursor.at);
        int length = Extent.length(header);
        int from = extent.offset(cursor.at) + Extent.HEADER;
        Block item = null;
        if (Extent.kind(header) == Extent.INLINE) {
            into.copy(extent.memory, from, length);
        } else {
            item = item(from);
            prepare(item);
        }
        into.seq = cursor.seq;
        taken.add(cursor.seq);
        cursor.at += Extent.space(length);
        cursor.seq++;
        cursor.write(head + 1);
        participant.record(EventCode.QUEUE_TAKEN, object, into.seq);
        FaultPoint.reached("queue.taking");
        // release: the cursor is written, and the bytes are read: from here on they may be overwritten. This is the
        // take.
        memory.setLongRelease(base + HEAD, (head + ONE_OUT) ^ 1);
        FaultPoint.reached("queue.taken");
        publishRead();
        if (item != null) {
            if (!joinable) {
                parts.takeOut(item);
                FaultPoint.reached("queue.item-out");
            }
            into.block = item;
        }
        return true;
    }

    private Block item(int reference) {
        return item(extent.memory, reference);
    }

    private Block item(Memory where, int reference) {
        return parts.resolve(where.getLong(reference), where.getLong(reference + Long.BYTES), ObjectType.QUEUE_ITEM);
    }

    /** What has to be written before an item with a block leaves the queue. */
    private void prepare(Block item) {
        if (joinable) {
            memory.setLongVolatile(base + OUT, out() + 1);
            FaultPoint.reached("queue.lease-counted");
            Item.setLease(item, Item.lease(self, 1, Item.LEASED));
            FaultPoint.reached("queue.leased");
        } else {
            memory.setLongRelease(base + OUT_SEQ, NONE);
            Parts.refer(memory, base + OUT_ITEM, item);
            memory.setLongRelease(base + OUT_SEQ, cursor.seq);
            FaultPoint.reached("queue.item-leaving");
        }
    }

    /** Moves the cursor to the first item, over what lies before it. There is one. Returns HEAD, which that may change. */
    private long toItem(long head) {
        long word = head;
        while (true) {
            extent = at(cursor.extentId, cursor.extentGen, extent);
            long header = extent.header(cursor.at);
            switch (Extent.kind(header)) {
                case Extent.INLINE, Extent.IN_BLOCK -> {
                    return word;
                }
                case Extent.WRAP -> cursor.at += extent.toEnd(cursor.at);
                case Extent.REMOVED -> {
                    cursor.at += Extent.space(Extent.length(header));
                    cursor.seq++;
                }
                case Extent.JUMP -> word = jump(word);
                default -> throw overwritten(header);
            }
        }
    }

    private ProcessionException overwritten(long header) {
        return new ProcessionException("queue " + object + ": item " + cursor.seq + " begins with 0x"
                + Long.toHexString(header) + ": it was overwritten; end all processes of this session");
    }

    /** Moves the cursor to the next extent, and frees this one. */
    private long jump(long head) {
        Extent from = extent;
        Block left = from.block;
        if (left != null) {
            Parts.refer(memory, base + LEAVING, left);
            FaultPoint.reached("queue.leaving");
        }
        follow(cursor, from);
        cursor.write(head + 1);
        memory.setLongRelease(base + HEAD, head ^ 1);
        FaultPoint.reached("queue.left");
        publishRead();
        if (left != null) {
            parts.free(left);
        }
        return head ^ 1;
    }

    private void follow(Cursor along, Extent from) {
        if (from.isRing()) {
            along.extentId = memory.getLong(base + RING_NEXT);
            along.extentGen = memory.getLong(base + RING_NEXT + Long.BYTES);
            along.at = Extent.ITEMS;
        } else {
            along.extentId = from.field(Extent.NEXT);
            along.extentGen = from.field(Extent.NEXT + Long.BYTES);
            along.at = from.field(Extent.NEXT_AT);
        }
    }

    /** Says how far the ring was read, from the cursor: what lies before that may be overwritten. */
    private void publishRead() {
        long read = cursor.extentId == 0
                ? cursor.at
                : at(cursor.extentId, cursor.extentGen, extent).field(Extent.LEFT_AT);
        memory.setLongRelease(base + RING_READ, read);
        FaultPoint.reached("queue.read");
    }

    private Extent at(long id, long gen, Extent known) {
        if (id == 0) {
            return ring;
        }
        return known.gen == gen && known.id == id ? known : Extent.of(parts.resolve(id, gen, ObjectType.QUEUE_EXTENT));
    }

    /** Copies the first item, if there is one, and leaves it. */
    boolean peek(Scratch into) {
        List<Found> first = look(1);
        if (first.isEmpty()) {
            return false;
        }
        byte[] bytes = first.get(0).bytes();
        into.copy(bytes);
        into.seq = first.get(0).seq();
        return true;
    }

    /** {@return the first items, copied} */
    List<Found> look(long most) {
        long head = memory.getLong(base + HEAD);
        hasItem(head);
        tailSeen = memory.getLongAcquire(base + TAIL) & ~ENDED;
        long count = Math.min(most, tailSeen - (head >>> 1));
        List<Found> found = new ArrayList<>();
        looking.read(head);
        Extent here = ring;
        while (found.size() < count) {
            here = at(looking.extentId, looking.extentGen, here);
            long header = here.header(looking.at);
            int length = Extent.length(header);
            switch (Extent.kind(header)) {
                case Extent.WRAP -> looking.at += here.toEnd(looking.at);
                case Extent.JUMP -> follow(looking, here);
                case Extent.INLINE, Extent.IN_BLOCK, Extent.REMOVED -> {
                    if (Extent.kind(header) != Extent.REMOVED) {
                        int from = here.offset(looking.at) + Extent.HEADER;
                        byte[] bytes = Extent.kind(header) == Extent.INLINE
                                ? bytes(here.memory, from, length)
                                : bytes(item(here.memory, from));
                        found.add(new Found(looking.seq, looking.extentId, looking.extentGen, looking.at, bytes));
                    }
                    looking.at += Extent.space(length);
                    looking.seq++;
                }
                default -> throw overwritten(header);
            }
        }
        return found;
    }

    private static byte[] bytes(Memory from, int offset, int length) {
        byte[] bytes = new byte[length];
        from.getBytes(offset, bytes, 0, length);
        return bytes;
    }

    private static byte[] bytes(Block item) {
        return bytes(
                item.memory(), item.offset() + Item.DATA, (int) item.memory().getLong(item.offset() + Item.BYTES));
    }

    /** Takes an item out of the middle; false if it is not there any more. */
    boolean remove(Found found) {
        long head = memory.getLong(base + HEAD);
        looking.read(head);
        if (found.seq() < looking.seq) {
            return false;
        }
        Extent where = at(found.extentId(), found.extentGen(), extent);
        long header = where.header(found.at());
        int kind = Extent.kind(header);
        if (kind != Extent.INLINE && kind != Extent.IN_BLOCK) {
            return false;
        }
        memory.setLongRelease(base + REMOVING, NONE);
        memory.setLongRelease(base + REMOVING_EXTENT, found.extentId());
        memory.setLongRelease(base + REMOVING_EXTENT + Long.BYTES, found.extentGen());
        memory.setLongRelease(base + REMOVING_AT, found.at());
        Block item = kind == Extent.IN_BLOCK ? item(where.memory, where.offset(found.at()) + Extent.HEADER) : null;
        Parts.refer(memory, base + REMOVING_ITEM, item);
        memory.setLongRelease(base + REMOVING, head);
        FaultPoint.reached("queue.removing");
        // Under the lock nobody sees this store without the next one; after a death in between repair() makes up for
        // it.
        where.markRemoved(found.at(), Extent.length(header));
        FaultPoint.reached("queue.removed");
        memory.setLongRelease(base + HEAD, head + ONE_OUT);
        FaultPoint.reached("queue.remove-counted");
        if (item != null) {
            parts.free(item);
        }
        memory.setLongRelease(base + REMOVING, NONE);
        return true;
    }

    // Leases

    private boolean takeOrphan(Scratch into) {
        Block first = null;
        for (Block item : parts.items()) {
            if (Item.state(Item.lease(item)) == Item.ORPHAN && (first == null || Item.seq(item) < Item.seq(first))) {
                first = item;
            }
        }
        if (first == null) {
            memory.setLongVolatile(base + ORPHANS, 0);
            return false;
        }
        into.seq = Item.seq(first);
        into.block = first;
        Item.setLease(first, Item.lease(self, Item.attempts(Item.lease(first)) + 1, Item.LEASED));
        FaultPoint.reached("queue.redelivered");
        memory.setLongVolatile(base + ORPHANS, Math.max(0, orphans() - 1));
        participant.record(EventCode.QUEUE_REDELIVERED, object, into.seq);
        return true;
    }

    /** Ends a lease; false if it is not that one any more. */
    boolean done(Block item, long lease) {
        if (!holds(item, lease)) {
            return false;
        }
        participant.record(EventCode.QUEUE_DONE, object, Item.seq(item));
        Item.setLease(item, Item.lease(lease, Item.attempts(lease), Item.DONE));
        FaultPoint.reached("queue.done");
        memory.setLongVolatile(base + OUT, out() - 1);
        FaultPoint.reached("queue.done-counted");
        parts.free(item);
        return true;
    }

    /** Gives a leased item back unfinished; false if it is not leased so any more. */
    boolean giveBack(Block item, long lease) {
        if (!holds(item, lease)) {
            return false;
        }
        failed(item, lease);
        return true;
    }

    private boolean holds(Block item, long lease) {
        return parts.contains(item) && Item.lease(item) == lease;
    }

    private void failed(Block item, long lease) {
        item.memory().setLongRelease(item.offset() + Item.LAST, lease & Owner.MASK);
        int attempts = Item.attempts(lease);
        if (attempts >= maxAttempts) {
            Item.setLease(item, Item.lease(0, attempts, Item.DEAD));
            FaultPoint.reached("queue.dead-lettered");
            memory.setLongVolatile(base + DEAD, memory.getLong(base + DEAD) + 1);
            memory.setLongVolatile(base + OUT, out() - 1);
            FaultPoint.reached("queue.dead-counted");
        } else {
            Item.setLease(item, Item.lease(0, attempts, Item.ORPHAN));
            FaultPoint.reached("queue.orphaned");
            memory.setLongVolatile(base + ORPHANS, orphans() + 1);
            FaultPoint.reached("queue.orphan-counted");
        }
    }

    int failedAttempts() {
        int most = 0;
        for (Block item : parts.items()) {
            long lease = Item.lease(item);
            most = Item.state(lease) == Item.ORPHAN ? Math.max(most, Item.attempts(lease)) : most;
        }
        return most;
    }

    /** {@return the blocks of the items that nobody could finish, in their order} */
    List<Block> dead() {
        List<Block> dead = new ArrayList<>();
        for (Block item : parts.items()) {
            if (Item.state(Item.lease(item)) == Item.DEAD) {
                dead.add(item);
            }
        }
        dead.sort((a, b) -> Long.compare(Item.seq(a), Item.seq(b)));
        return dead;
    }

    byte[] copy(Block item) {
        return bytes(item);
    }

    /** Forgets an item that nobody could finish. */
    void forget(Block item) {
        parts.free(item);
        FaultPoint.reached("queue.dead-forgotten");
        memory.setLongVolatile(base + DEAD, Math.max(0, memory.getLong(base + DEAD) - 1));
    }

    // Deaths

    /** Whether a consumer died and nobody has settled it; any thread may ask. */
    boolean isTroubled() {
        for (int slot = 1; slot <= participant.table().slots(); slot++) {
            long consumer = memory.getLongVolatile(base + layout.consumer(slot));
            if (consumer != 0 && !participant.table().isMember(consumer)) {
                return true;
            }
        }
        return false;
    }

    /** Writes down which consumers died, and gives back what they had. */
    void settle() {
        Map<Long, List<Block>> leased = joinable ? leasedByTheDead() : Map.of();
        // First, since with the leases it is forgotten who had them.
        leased.forEach((consumer, items) -> {
            if (!participant.facts(consumer).inOrder()) {
                log.addLeased(
                        consumer, items.stream().mapToLong(Item::seq).sorted().toArray());
                FaultPoint.reached("queue.death-noted");
            }
        });
        leased.values().forEach(items -> items.forEach(item -> failed(item, Item.lease(item))));
        for (int slot = 1; slot <= participant.table().slots(); slot++) {
            settleRow(slot);
        }
    }

    private Map<Long, List<Block>> leasedByTheDead() {
        Map<Long, List<Block>> leased = new TreeMap<>();
        for (Block item : parts.items()) {
            long lease = Item.lease(item);
            if (Item.state(lease) == Item.LEASED && !participant.table().isMember(lease & Owner.MASK)) {
                leased.computeIfAbsent(lease & Owner.MASK, consumer -> new ArrayList<>())
                        .add(item);
            }
        }
        return leased;
    }

    private void settleRow(int slot) {
        int row = base + layout.consumer(slot);
        long consumer = memory.getLongVolatile(row);
        if (consumer == 0 || participant.table().isMember(consumer)) {
            return;
        }
        TakenItems its = taken(slot);
        // Of a joinable queue it is known what was done: all that was not leased.
        if (!joinable && its.count() > 0 && !participant.facts(consumer).inOrder()) {
            log.addTaken(consumer, its.last(), its.count());
            FaultPoint.reached("queue.death-noted");
        }
        memory.setLongVolatile(row, 0);
        FaultPoint.reached("queue.death-settled");
    }

    private void claimRow() {
        if (memory.getLongVolatile(myConsumer) != 0) {
            settle(); // a dead one had this slot before
        }
        taken.clear();
        memory.setLongVolatile(myConsumer, self);
    }

    /** This process takes nothing any more. */
    void detached() {
        memory.compareAndSetLong(myConsumer, self, 0);
    }

    /** {@return who died after it took something, oldest first} */
    List<OwnerDeath> deaths(String label) {
        return log.read(participant, label);
    }

    /** Makes right what a dead holder of the lock left. May be done again if the caller dies half-way. */
    void repair() {
        long head = memory.getLong(base + HEAD);
        finishRemoval(head);
        head = memory.getLong(base + HEAD);
        cursor.read(head);
        long outSeq = memory.getLong(base + OUT_SEQ);
        if (outSeq != NONE && outSeq < cursor.seq) {
            parts.freeReferred(memory, base + OUT_ITEM, ObjectType.QUEUE_ITEM);
            FaultPoint.reached("queue.item-freed");
        }
        memory.setLongRelease(base + OUT_SEQ, NONE);
        if (memory.getLong(base + LEAVING + Long.BYTES) != cursor.extentGen) {
            parts.freeReferred(memory, base + LEAVING, ObjectType.QUEUE_EXTENT);
            FaultPoint.reached("queue.extent-freed");
        }
        publishRead();
        for (int slot = 1; slot <= participant.table().slots(); slot++) {
            taken(slot).voidFrom(cursor.seq);
        }
        if (joinable) {
            count();
        }
        FaultPoint.reached("queue.head-repaired");
    }

    private void finishRemoval(long head) {
        if (memory.getLong(base + REMOVING) == NONE) {
            return;
        }
        boolean counted = memory.getLong(base + REMOVING) != head;
        if (!counted) {
            long id = memory.getLong(base + REMOVING_EXTENT);
            Extent where = at(id, memory.getLong(base + REMOVING_EXTENT + Long.BYTES), extent);
            counted = Extent.kind(where.header(memory.getLong(base + REMOVING_AT))) == Extent.REMOVED;
            if (counted) {
                memory.setLongRelease(base + HEAD, head + ONE_OUT);
                FaultPoint.reached("queue.removal-finished");
            }
        }
        if (counted) {
            parts.freeReferred(memory, base + REMOVING_ITEM, ObjectType.QUEUE_ITEM);
        }
        memory.setLongRelease(base + REMOVING, NONE);
    }

    /** Counts the leases anew. */
    private void count() {
        long out = 0;
        long orphans = 0;
        long dead = 0;
        for (Block item : parts.items()) {
            long lease = Item.lease(item);
            switch (Item.state(lease)) {
                case Item.LEASED -> {
                    if (Item.seq(item) >= cursor.seq) {
                        Item.setLease(item, 0); // it was not taken
                        FaultPoint.reached("queue.unleased");
                    } else {
                        out++;
                    }
                }
                case Item.ORPHAN -> {
                    out++;
                    orphans++;
                }
                case Item.DONE -> parts.free(item);
                case Item.DEAD -> dead++;
                default -> {}
            }
        }
        memory.setLongVolatile(base + OUT, out);
        memory.setLongVolatile(base + ORPHANS, orphans);
        memory.setLongVolatile(base + DEAD, dead);
        FaultPoint.reached("queue.counted");
    }

    /** For tests and reports: how many items nobody could finish. */
    long deadCount() {
        return memory.getLongVolatile(base + DEAD);
    }
}

package dev.procession.internal.memory;

import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All memory of a session: blocks of any size, with or without names, that every attached process can find.
 *
 * <p>There is no list of what is free or used beside the blocks themselves, so that nothing can disagree. A block comes to
 * be, becomes visible and goes by one store of its state; free blocks are merged and split by one store of a size. A
 * process may therefore die at every instruction without leaving a broken heap: at most a block that is nobody's, which
 * {@link #dropUser} or {@link #repair} frees.
 *
 * <p>Who may use a block is a bitmap of process slots in its header. An anonymous block is freed with its last user; a block
 * that never had a user stays until {@link #free}; a named one stays until {@link #unlink} or {@link #free}, or until the
 * session ends.
 *
 * <p>Every method takes the heap's lock, but for {@link #repair}, and none calls foreign code while holding it.
 */
public final class Heap {
    private final Segments segments;
    private final SessionLayout layout;
    private final Memory first;
    private final Space space;
    private final Names names;
    private final HeapLock lock;
    private final int headerBytes;

    private Heap(Segments segments, HeapLock.Factory locks) {
        this.segments = segments;
        this.layout = segments.layout();
        this.first = segments.first();
        this.space = new Space(segments);
        this.headerBytes = BlockLayout.headerBytes(layout.slotCount());
        this.names = new Names(segments, headerBytes);
        this.lock = locks.over(first, SessionLayout.HEAP_LOCK);
    }

    /**
     * Creates the first segment of a session.
     *
     * @param directory the session's directory; it is there, and nobody else uses it yet
     * @param options how large
     * @param locks makes the lock
     * @return the heap, empty
     * @throws dev.procession.OutOfSharedMemoryException if there is no room; nothing was left behind
     * @throws IOException if the file cannot be created or mapped
     */
    public static Heap create(Path directory, HeapOptions options, HeapLock.Factory locks) throws IOException {
        return new Heap(Segments.create(directory, options), locks);
    }

    /**
     * Maps the first segment of a session; the others follow when they are needed.
     *
     * @param directory the session's directory
     * @param locks makes the lock
     * @return the heap
     * @throws dev.procession.IncompatibleSessionException if this process cannot use it
     * @throws IOException if the file cannot be opened or mapped
     */
    public static Heap attach(Path directory, HeapLock.Factory locks) throws IOException {
        return new Heap(Segments.attach(directory), locks);
    }

    /** {@return the first segment: header, rows, obituaries and blocks} */
    public Memory first() {
        return first;
    }

    /** {@return where things lie in the first segment} */
    public SessionLayout layout() {
        return layout;
    }

    /** {@return the session's directory} */
    public Path directory() {
        return segments.directory();
    }

    /**
     * The session's directory was renamed: files that are added or mapped later are there.
     *
     * @param directory its new path
     */
    public void movedTo(Path directory) {
        segments.movedTo(directory);
    }

    /** {@return the longest payload that a block can have in this session} */
    public int maxPayload() {
        return SegmentLayout.MAX_LENGTH
                - SegmentLayout.BYTES
                - headerBytes
                - SegmentLayout.alignUp(ObjectName.MAX_BYTES);
    }

    /**
     * Allocates a block of zeros that nobody finds until it is published. If its owner dies before that, it is freed.
     *
     * @param type what the payload is
     * @param name a name, or null; whether another block has it is seen when this one is published
     * @param payloadBytes length of the payload
     * @param owner who allocates it: slot and generation
     * @return the block
     * @throws IllegalArgumentException if the name is against the rules or the length impossible
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public Block allocate(int type, @Nullable String name, long payloadBytes, long owner) {
        Block block = allocateUncleared(type, name, payloadBytes, owner);
        // Not under the lock: a GiB takes a third of a second. Until the block is published its bytes are nobody
        // else's.
        block.memory().clear(block.offset(), block.size());
        FaultPoint.reached("heap.zeroed");
        return block;
    }

    /**
     * The same with bytes that are whatever was there before, for who writes all that is ever read of it.
     *
     * @param type what the payload is
     * @param name a name, or null
     * @param payloadBytes length of the payload
     * @param owner who allocates it: slot and generation
     * @return the block
     * @throws IllegalArgumentException if the name is against the rules or the length impossible
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public Block allocateUncleared(int type, @Nullable String name, long payloadBytes, long owner) {
        byte[] utf8 = name == null ? new byte[0] : ObjectName.utf8(name);
        if (payloadBytes < 0 || payloadBytes > maxPayload()) {
            throw new IllegalArgumentException(
                    "a shared object has 0.." + maxPayload() + " bytes (2 GiB less headers): bytes=" + payloadBytes);
        }
        checkOwner(owner);
        int payload = (int) payloadBytes;
        int bytes = SegmentLayout.alignUp(headerBytes + payload + utf8.length);
        lock.lock();
        try {
            long position = space.take(bytes);
            return occupy(position, type, name, utf8, payload, owner);
        } finally {
            lock.unlock();
        }
    }

    private Block occupy(long position, int type, @Nullable String name, byte[] utf8, int payload, long owner) {
        Memory memory = segments.get(Segments.segment(position));
        int header = Segments.offset(position);
        long gen = first.getLong(SessionLayout.GENERATION) + 1;
        // Before it is used: a generation that was given and lost is a gap, one that is given twice is a wrong handle.
        first.setLongRelease(SessionLayout.GENERATION, gen);
        FaultPoint.reached("heap.generation");
        memory.clear(header + BlockLayout.USERS, headerBytes - BlockLayout.USERS);
        memory.setLong(header + BlockLayout.GENERATION, gen);
        memory.setLong(header + BlockLayout.NAME_HASH, ObjectName.hash(utf8));
        memory.setLong(header + BlockLayout.NEXT_NAMED, 0);
        memory.setInt(header + BlockLayout.TYPE, type);
        memory.setInt(header + BlockLayout.PAYLOAD, payload);
        memory.setInt(header + BlockLayout.NAME, utf8.length);
        memory.setInt(header + BlockLayout.HAS_PARTS, 0);
        memory.setLong(header + BlockLayout.PART_OF, 0);
        memory.setBytes(header + headerBytes + payload, utf8, 0, utf8.length);
        FaultPoint.reached("heap.header");
        Block block = new Block(memory, position + headerBytes, header, payload, gen, type, name);
        // release: whoever sees the state sees the header. This is the store that allocates.
        memory.setLongRelease(header + BlockLayout.STATE, owner | BlockLayout.ALLOCATING);
        FaultPoint.reached("heap.allocating");
        return block;
    }

    /**
     * Makes a block visible; what was written to its payload before is seen by whoever finds it.
     *
     * @param block a block that its owner allocated
     * @param owner who publishes it: slot and generation
     * @throws NameInUseException if another block was published with its name; this one is as it was
     * @throws ObjectGoneException if it was freed
     */
    public void publish(Block block, long owner) {
        Block other = publishOrFind(block, owner, false);
        if (!other.equals(block)) {
            String name = block.name() == null ? "" : block.name();
            throw new NameInUseException(name, ObjectName.shown(name));
        }
    }

    /**
     * Makes an anonymous block a part of another one: it has no users and is nobody's, until it is taken out again, freed,
     * or freed with the block that it is a part of. So it outlives the process that made it.
     *
     * @param block a block that its owner allocated
     * @param whole the block that it becomes a part of
     * @throws ObjectGoneException if one of them was freed
     */
    public void putInto(Block block, Block whole) {
        Memory memory = block.memory();
        lock.lock();
        try {
            long state = requireLive(block);
            requireLive(whole);
            whole.memory().setIntRelease(whole.header() + BlockLayout.HAS_PARTS, 1);
            memory.setLongRelease(block.header() + BlockLayout.PART_OF, whole.gen());
            FaultPoint.reached("part.named");
            memory.setLongRelease(
                    block.header() + BlockLayout.STATE, (state & BlockLayout.OWNER) | BlockLayout.PUBLISHED);
            FaultPoint.reached("part.put");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes a part of another block a process's own again, as if that one had just allocated it: if the process dies, it is
     * freed.
     *
     * @param block a part
     * @param owner whose it becomes: slot and generation
     * @throws ObjectGoneException if it was freed
     */
    public void takeOut(Block block, long owner) {
        checkOwner(owner);
        lock.lock();
        try {
            requireLive(block);
            block.memory().setLongRelease(block.header() + BlockLayout.STATE, owner | BlockLayout.ALLOCATING);
            FaultPoint.reached("part.taken");
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return the parts of a block}
     *
     * @param whole the block
     * @param type the type of those that are wanted
     */
    public List<Block> parts(Block whole, int type) {
        List<Block> parts = new ArrayList<>();
        lock.lock();
        try {
            space.walk((memory, segment, header, size) -> {
                if (isPartOf(memory, header, whole.gen()) && memory.getInt(header + BlockLayout.TYPE) == type) {
                    parts.add(block(Segments.position(segment, header)));
                }
            });
        } finally {
            lock.unlock();
        }
        return parts;
    }

    private static boolean isPartOf(Memory memory, int header, long gen) {
        return (memory.getLong(header + BlockLayout.STATE) & BlockLayout.PUBLISHED) != 0
                && memory.getLong(header + BlockLayout.PART_OF) == gen;
    }

    /**
     * Makes a named block visible, unless another one was published with its name: then this one is freed. So two
     * processes that open the same name at once get one object, and neither waits for the other.
     *
     * @param block a block that its owner allocated
     * @param owner who publishes it: slot and generation
     * @return the block that has the name now
     * @throws ObjectGoneException if the block was freed
     */
    public Block publishOrFind(Block block, long owner) {
        return publishOrFind(block, owner, true);
    }

    private Block publishOrFind(Block block, long owner, boolean freeIfTaken) {
        checkOwner(owner);
        Memory memory = block.memory();
        long position = Segments.position(block.segment(), block.header());
        lock.lock();
        try {
            long state = requireLive(block);
            if ((state & BlockLayout.ALLOCATING) == 0) {
                throw new IllegalStateException("shared object " + block + " is published already");
            }
            if (block.name() != null) {
                long other = names.find(ObjectName.utf8(block.name()));
                if (other != 0) {
                    if (freeIfTaken) {
                        release(memory, block.segment(), block.header());
                    }
                    return block(other);
                }
                names.link(position);
                FaultPoint.reached("heap.linked");
            }
            // release: publishes the payload and the link; pairs with the lock that finders take.
            memory.setLongRelease(block.header() + BlockLayout.STATE, owner | BlockLayout.PUBLISHED);
            FaultPoint.reached("heap.published");
            return block;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Frees a block, whoever uses it. Does nothing if it was freed before.
     *
     * @param block the block
     */
    public void free(Block block) {
        lock.lock();
        try {
            if (state(block) != BlockLayout.FREE) {
                release(block.memory(), block.segment(), block.header());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the name from a block, so that another may have it. The block stays for those who use it, as an anonymous one
     * does; without users it is freed. Does nothing if it was freed or has no name any more.
     *
     * @param block the block
     */
    public void unlink(Block block) {
        Memory memory = block.memory();
        int header = block.header();
        lock.lock();
        try {
            if (state(block) == BlockLayout.FREE || memory.getInt(header + BlockLayout.NAME) == 0) {
                return;
            }
            if (!hasUsersBeside(memory, header, 0)) {
                release(memory, block.segment(), header);
                return;
            }
            names.unlink(Segments.position(block.segment(), header));
            FaultPoint.reached("heap.unlinked");
            memory.setIntRelease(header + BlockLayout.NAME, 0);
            FaultPoint.reached("heap.unnamed");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Finds a published block.
     *
     * @param name its name
     * @return the block, or null
     * @throws IllegalArgumentException if no block can have that name
     */
    public @Nullable Block find(String name) {
        byte[] utf8 = ObjectName.utf8(name);
        lock.lock();
        try {
            long position = names.find(utf8);
            return position == 0 ? null : block(position);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The published block that a handle leads to.
     *
     * @param segment its segment
     * @param offset the offset of its payload there
     * @param gen its generation
     * @param type what the caller takes it for
     * @return the block
     * @throws ObjectGoneException if it was freed, or is of another type
     */
    public Block resolve(int segment, int offset, long gen, int type) {
        lock.lock();
        try {
            Block block = published(segment, offset);
            if (block == null || block.gen() != gen) {
                throw new ObjectGoneException(Block.handle(segment, offset, gen), "is gone");
            }
            if (block.type() != type) {
                throw new ObjectGoneException(
                        Block.handle(segment, offset, gen), "is of type " + block.type() + ", expected type " + type);
            }
            return block;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The block at a place where there may be none. What lies there may be bytes that a user wrote into another block's
     * payload: they would have to repeat this very header, generation included, to be taken for a block.
     */
    private @Nullable Block published(int segment, int offset) {
        if (segment < 0 || segment >= segments.count()) {
            return null;
        }
        Memory memory = segments.get(segment);
        int header = offset - headerBytes;
        if (header < segments.heap(segment) || offset > memory.size() || offset % SegmentLayout.LINE != 0) {
            return null;
        }
        long size = memory.getLong(header + BlockLayout.SIZE);
        long needed = headerBytes
                + Integer.toUnsignedLong(memory.getInt(header + BlockLayout.PAYLOAD))
                + Integer.toUnsignedLong(memory.getInt(header + BlockLayout.NAME));
        if ((memory.getLong(header + BlockLayout.STATE) & BlockLayout.PUBLISHED) == 0
                || size > memory.size() - header
                || needed > size) {
            return null;
        }
        return block(Segments.position(segment, header));
    }

    /**
     * Hands over all published blocks that are there now. It is called without the lock and may do with them what it likes;
     * some may be gone by then.
     *
     * @param action what to do with each
     */
    public void forEach(Consumer<Block> action) {
        List<Block> blocks = new ArrayList<>();
        lock.lock();
        try {
            space.walk((memory, segment, header, size) -> {
                if ((memory.getLong(header + BlockLayout.STATE) & BlockLayout.PUBLISHED) != 0) {
                    blocks.add(block(Segments.position(segment, header)));
                }
            });
        } finally {
            lock.unlock();
        }
        blocks.forEach(action);
    }

    /**
     * {@return whether a block was not freed}
     *
     * @param block the block
     */
    public boolean contains(Block block) {
        lock.lock();
        try {
            return state(block) != BlockLayout.FREE;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Maps some bytes of a block once more. Buffers that are made of a buffer keep the first one of its mapping reachable,
     * which for the segment would be that of all blocks: with this one it can be seen when the last of them is gone.
     *
     * @param block a block that this process uses
     * @param from the first byte of its payload
     * @param length their number
     * @return the bytes
     * @throws java.io.UncheckedIOException if they cannot be mapped
     */
    public MappedByteBuffer map(Block block, int from, int length) {
        return segments.mapAgain(block.segment(), block.offset() + from, length);
    }

    /**
     * Says that a process uses a block. While its bit is set the block is not freed with another user.
     *
     * @param block the block, published or not
     * @param slot the process's slot
     * @return whether the bit was not set before
     * @throws ObjectGoneException if it was freed
     */
    public boolean addUser(Block block, int slot) {
        int word = userWord(block.header(), slot);
        long bit = userBit(slot);
        lock.lock();
        try {
            requireLive(block);
            long users = block.memory().getLong(word);
            block.memory().setLongRelease(word, users | bit);
            FaultPoint.reached("heap.user-added");
            return (users & bit) == 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return whether a process is said to use a block}
     *
     * @param block the block
     * @param slot the process's slot
     */
    public boolean hasUser(Block block, int slot) {
        int word = userWord(block.header(), slot);
        lock.lock();
        try {
            return state(block) != BlockLayout.FREE && (block.memory().getLong(word) & userBit(slot)) != 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return how many processes use a block}
     *
     * @param block the block
     */
    public int users(Block block) {
        lock.lock();
        try {
            int users = 0;
            if (state(block) != BlockLayout.FREE) {
                for (int slot = 1; slot <= layout.slotCount(); slot += Long.SIZE) {
                    users += Long.bitCount(block.memory().getLong(userWord(block.header(), slot)));
                }
            }
            return users;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A process does not use a block any more. With its last user an anonymous block is freed, in the same step. Does
     * nothing if the block is gone or the process was no user of it.
     *
     * @param block the block
     * @param slot the process's slot
     * @return whether it was the last user; the block is free then, if it is anonymous
     */
    public boolean removeUser(Block block, int slot) {
        layout.checkSlot(slot);
        lock.lock();
        try {
            return state(block) != BlockLayout.FREE
                    && removeUser(block.memory(), block.segment(), block.header(), slot);
        } finally {
            lock.unlock();
        }
    }

    private boolean removeUser(Memory memory, int segment, int header, int slot) {
        int word = userWord(header, slot);
        long users = memory.getLong(word);
        if ((users & userBit(slot)) == 0) {
            return false;
        }
        boolean last = !hasUsersBeside(memory, header, slot);
        if (last && memory.getInt(header + BlockLayout.NAME) == 0) {
            // One store, and the bit stays: a death between clearing it and freeing would leave the block for ever.
            release(memory, segment, header);
        } else {
            memory.setLongRelease(word, users & ~userBit(slot));
            FaultPoint.reached("heap.user-removed");
        }
        return last;
    }

    /**
     * Settles a process that died or left: it uses nothing any more, and what it had allocated but not published is freed.
     * May be called again if the caller died half-way.
     *
     * @param slot the process's slot, not given to another process yet
     */
    public void dropUser(int slot) {
        layout.checkSlot(slot);
        lock.lock();
        try {
            space.walk((memory, segment, header, size) -> {
                long state = memory.getLong(header + BlockLayout.STATE);
                if ((state & BlockLayout.ALLOCATING) != 0 && BlockLayout.slotOf(state) == slot) {
                    release(memory, segment, header);
                    FaultPoint.reached("heap.dropped");
                } else if (state != BlockLayout.FREE) {
                    removeUser(memory, segment, header, slot);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes the heap right after a process died holding its lock. The caller holds it.
     *
     * <p>There is almost nothing to do. Merging and splitting are one store each, and so are allocating, publishing and
     * freeing a block: the walk is whole at every instruction, and what the dead process had begun has either happened or
     * not. What remains is (1) blocks that it had allocated and not published: they are freed; (2) the chains of names,
     * which can be made anew from the blocks, and are; (3) the hint, which is put to the first block. A file of a segment that was not
     * counted is overwritten when the heap grows next. Doing this twice, or again after a death half-way, does no harm.
     *
     * @param ownerAlive whether an owner, slot and generation, is alive
     * @throws dev.procession.ProcessionException if the blocks are not a whole sequence: something else wrote into them
     */
    public void repair(LongPredicate ownerAlive) {
        segments.get(segments.count() - 1);
        space.resetHint();
        names.clear();
        FaultPoint.reached("heap.repair-cleared");
        space.walk((memory, segment, header, size) -> {
            long state = memory.getLong(header + BlockLayout.STATE);
            if ((state & BlockLayout.ALLOCATING) != 0) {
                if (!ownerAlive.test(state & BlockLayout.OWNER)) {
                    memory.setLongRelease(header + BlockLayout.STATE, BlockLayout.FREE);
                    FaultPoint.reached("heap.repair-released");
                }
            } else if (state != BlockLayout.FREE && memory.getInt(header + BlockLayout.NAME) != 0) {
                names.link(Segments.position(segment, header));
                FaultPoint.reached("heap.repair-linked");
            }
        });
    }

    /** {@return what there is} */
    public HeapStatistics statistics() {
        long[] counted = new long[4];
        lock.lock();
        try {
            space.walk((memory, segment, header, size) -> {
                int at = memory.getLong(header + BlockLayout.STATE) == BlockLayout.FREE ? 2 : 0;
                counted[at]++;
                counted[at + 1] += size;
            });
            return new HeapStatistics(segments.count(), (int) counted[0], counted[1], (int) counted[2], counted[3]);
        } finally {
            lock.unlock();
        }
    }

    /** The store that frees a block, after its name was taken out of the chain that must not lead through free blocks. */
    private void release(Memory memory, int segment, int header) {
        if (memory.getInt(header + BlockLayout.NAME) != 0) {
            names.unlink(Segments.position(segment, header));
            FaultPoint.reached("heap.unlinked");
        }
        if (memory.getInt(header + BlockLayout.HAS_PARTS) != 0) {
            // Before the whole: after a death here it is still there, and is freed again by whoever settles the dead.
            releaseParts(memory.getLong(header + BlockLayout.GENERATION));
        }
        memory.setLongRelease(header + BlockLayout.STATE, BlockLayout.FREE);
        FaultPoint.reached("heap.free");
        space.freed(segment, header, (int) memory.getLong(header + BlockLayout.SIZE));
    }

    private void releaseParts(long gen) {
        space.walk((memory, segment, header, size) -> {
            if (isPartOf(memory, header, gen)) {
                memory.setLongRelease(header + BlockLayout.STATE, BlockLayout.FREE);
                FaultPoint.reached("part.freed");
                space.freed(segment, header, size);
            }
        });
    }

    private Block block(long position) {
        Memory memory = segments.get(Segments.segment(position));
        int header = Segments.offset(position);
        byte[] name = names.nameOf(memory, header);
        return new Block(
                memory,
                position + headerBytes,
                header,
                memory.getInt(header + BlockLayout.PAYLOAD),
                memory.getLong(header + BlockLayout.GENERATION),
                memory.getInt(header + BlockLayout.TYPE),
                name.length == 0 ? null : new String(name, StandardCharsets.UTF_8));
    }

    /** The state of a block, FREE if it is another's by now. */
    private static long state(Block block) {
        boolean same = block.memory().getLong(block.header() + BlockLayout.GENERATION) == block.gen();
        return same ? block.memory().getLong(block.header() + BlockLayout.STATE) : BlockLayout.FREE;
    }

    private static long requireLive(Block block) {
        long state = state(block);
        if (state == BlockLayout.FREE) {
            throw new ObjectGoneException(block.handle(), "is gone");
        }
        return state;
    }

    private boolean hasUsersBeside(Memory memory, int header, int slot) {
        int own = slot == 0 ? -1 : userWord(header, slot);
        int end = header + BlockLayout.USERS + layout.slotCount() / Byte.SIZE;
        for (int word = header + BlockLayout.USERS; word < end; word += Long.BYTES) {
            long users = memory.getLong(word);
            if ((word == own ? users & ~userBit(slot) : users) != 0) {
                return true;
            }
        }
        return false;
    }

    private int userWord(int header, int slot) {
        return header + BlockLayout.USERS + (layout.checkSlot(slot) - 1) / Long.SIZE * Long.BYTES;
    }

    private static long userBit(int slot) {
        return 1L << (slot - 1);
    }

    private static void checkOwner(long owner) {
        if (owner == 0 || (owner & ~BlockLayout.OWNER) != 0) {
            throw new IllegalArgumentException("not an owner's slot and generation: 0x" + Long.toHexString(owner));
        }
    }
}

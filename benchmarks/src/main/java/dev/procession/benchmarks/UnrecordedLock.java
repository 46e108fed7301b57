package dev.procession.benchmarks;

import dev.procession.internal.locking.LockLayout;
import dev.procession.internal.locking.LockWatcher;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.Block;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * A lock that could not be recorded: the same word of shared memory, owner and care for the dead as a {@code ProcessLock}'s, and
 * its own question whether it is closed. What a {@code ProcessLock} costs beyond this is the price of recording that is off.
 */
final class UnrecordedLock implements Lock {
    private static final int IN_BLOCK = 64;

    private final RobustLock robust;
    private final int word;
    private final long me;
    private @Nullable ByteBuffer open;

    UnrecordedLock(Participant participant) {
        int length = IN_BLOCK + LockLayout.length(participant.table().slots());
        Block block = participant.allocatePart(ObjectType.LOCK, length);
        block.memory().clear(block.offset(), length);
        robust = new RobustLock(
                participant.waiting(), block.memory(), block.offset() + IN_BLOCK, block.id(), null, LockWatcher.NONE);
        word = robust.word();
        me = robust.me();
        open = robust.bytes();
    }

    @Override
    @SuppressWarnings("ReachabilityFenceUsage") // nothing is thrown before it on the shortest way
    public void lock() {
        ByteBuffer bytes = open;
        if (bytes != null && robust.tryFast(bytes, word, me)) {
            Reference.reachabilityFence(this);
            return;
        }
        throw new IllegalStateException("closed, or held by somebody else");
    }

    @Override
    public void unlock() {
        try {
            ByteBuffer bytes = open;
            if (bytes != null && !robust.needsCare() && robust.tryUnlock(bytes, word, me)) {
                return;
            }
            throw new IllegalStateException("closed, or not held");
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void lockInterruptibly() {
        throw new UnsupportedOperationException("not measured");
    }

    @Override
    public boolean tryLock() {
        throw new UnsupportedOperationException("not measured");
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) {
        throw new UnsupportedOperationException("not measured");
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("not measured");
    }

    void close() {
        open = null;
    }
}

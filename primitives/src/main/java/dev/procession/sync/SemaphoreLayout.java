package dev.procession.sync;

import dev.procession.internal.locking.LockLayout;
import dev.procession.internal.participant.DeathLog;
import dev.procession.internal.waiting.WaitPoint;

/**
 * A semaphore in shared memory.
 *
 * <pre>
 *    0  FLAGS    long  how it was made; never changes
 *    8  INITIAL  long  permits at first, and the bound if there is one; never changes
 *   64  WORD     long  available permits (32) | flags; CAS only, see PermitWord
 *  128  BITMAP   slots of the processes that sleep for it; getAndBitwiseOr and -And
 *
 *       for leased ones only, behind it:
 *       LOCK     who holds it may write what follows, and the permits in WORD; see LockLayout
 *       TOTAL    long  permits that exist, leased or not; volatile
 *       CLOCK    long  counts leases, for their order; plain
 *       DEATHS   who died holding permits, see DeathLog
 *       ENTRIES  16 bytes for each slot:
 *                  0  LEASE  generation of the holder (32) | permits that it has (32); volatile. This decides
 *                  8  AGE    CLOCK when it got the first of them; plain
 * </pre>
 *
 * <p>A leased semaphore's available permits are {@code TOTAL} less all leases; the number in {@code WORD} is what that was
 * last, and whoever takes over the lock from a dead owner computes it anew.
 */
final class SemaphoreLayout {
    static final int FLAGS = 0;
    static final int INITIAL = FLAGS + Long.BYTES;
    static final int WORD = 64;
    static final int BITMAP = 128;

    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    final int lock;
    final int total;
    final int clock;
    final int deaths;
    private final int entries;
    private final int end;

    /**
     * The layout in a session.
     *
     * @param slots how many processes the session can have
     */
    SemaphoreLayout(int slots) {
        lock = line(BITMAP + WaitPoint.bitmapLength(slots));
        total = line(lock + LockLayout.length(slots));
        clock = total + Long.BYTES;
        deaths = line(clock + Long.BYTES);
        entries = line(deaths + DeathLog.LENGTH);
        end = entries + slots * ENTRY_BYTES;
    }

    /** The lease of a slot's process, from 1. */
    int lease(int slot) {
        return entries + (slot - 1) * ENTRY_BYTES;
    }

    /** Since when it has it. */
    int age(int slot) {
        return lease(slot) + Long.BYTES;
    }

    /** {@return the size in bytes} */
    int length(boolean leased) {
        return leased ? line(end) : lock;
    }

    private static int line(int offset) {
        return (offset + 63) / 64 * 64;
    }
}

package dev.procession.sync;

import java.lang.StackWalker.StackFrame;
import java.util.Set;

/** Where locks are taken; found out only when {@code -Dprocession.lockSites=true} asks for it, since it takes microseconds. */
final class AcquireSite {
    static final boolean WANTED = Boolean.getBoolean("procession.lockSites");

    private static final Set<String> OURS = Set.of(
            AcquireSite.class.getName(),
            LockCore.class.getName(),
            LockHandle.class.getName(),
            ReentrantLockHandle.class.getName(),
            ProcessLock.class.getName());

    private AcquireSite() {}

    /** {@return the first frame of the calling thread that is not the lock's own} */
    static String here() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !OURS.contains(frame.getClassName()))
                        .findFirst()
                        .map(StackFrame::toString)
                        .orElse("an unknown place"));
    }
}

package dev.procession.process;

import dev.procession.internal.log.LibraryLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The log of this library: children that start and end, owners that died, sessions that are swept away.
 *
 * <p>Messages from {@link Level#WARNING} on go to the {@link Logger} named {@code dev.procession}, which the application
 * configures as any other; {@link #setLevel} lets it have more. {@link #toStandardError} writes lines to standard error
 * instead, which needs no configuration: {@code [DEBUG/worker-1] child worker-2 (4711) has started}. A child begins with
 * the settings that its parent had when it was started, and so do its own children.
 *
 * <p>For a whole program or one child, {@code -Dprocession.log=DEBUG} and {@code -Dprocession.log=DEBUG,stderr} do the same from the command line.
 */
public final class ProcessLog {
    private ProcessLog() {}

    /** {@return the logger that the library writes to, for messages of one's own beside its} */
    public static Logger logger() {
        return System.getLogger(LibraryLog.NAME);
    }

    /** {@return the level from which on the library passes messages on} The logger may be deaf to them all the same. */
    public static Level level() {
        return LibraryLog.level();
    }

    /**
     * Sets the level of this process, and of the children that it starts from now on.
     *
     * @param level {@link Level#OFF} for silence
     */
    public static void setLevel(Level level) {
        LibraryLog.set(level, LibraryLog.isOnStandardError());
    }

    /**
     * Sets the level, and writes to standard error rather than to the logger. Lines of a child come with the rest of its
     * output.
     *
     * @param level {@link Level#OFF} for silence
     */
    public static void toStandardError(Level level) {
        LibraryLog.set(level, true);
    }
}

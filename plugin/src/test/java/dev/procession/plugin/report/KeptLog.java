package dev.procession.plugin.report;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A build's log that keeps what it is told.
 *
 * @param debugs whether details are wanted
 * @param results the info lines
 * @param warnings what a user should act on
 * @param details the debug lines
 */
public record KeptLog(boolean debugs, List<String> results, List<String> warnings, List<String> details)
        implements BuildLog {
    /** A log at Maven's usual level. */
    public KeptLog() {
        this(false);
    }

    public KeptLog(boolean debugs) {
        this(debugs, new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    }

    @Override
    public void info(String line) {
        results.add(line);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }

    @Override
    public void debug(String line) {
        details.add(line);
    }
}

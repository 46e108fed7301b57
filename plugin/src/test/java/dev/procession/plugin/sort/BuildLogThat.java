package dev.procession.plugin.sort;

import dev.procession.plugin.report.BuildLog;
import java.util.concurrent.atomic.AtomicBoolean;

/** A log that does something at one moment of the run: the first time when a line begins so. */
record BuildLogThat(BuildLog log, String moment, Action action, AtomicBoolean done) implements BuildLog {
    interface Action {
        void run() throws Exception;
    }

    BuildLogThat(BuildLog log, String moment, Action action) {
        this(log, moment, action, new AtomicBoolean());
    }

    @Override
    public void info(String line) {
        log.info(line);
    }

    @Override
    public void warn(String line) {
        log.warn(line);
    }

    @Override
    public void debug(String line) {
        log.debug(line);
        if (line.startsWith(moment) && done.compareAndSet(false, true)) {
            try {
                action.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public boolean debugs() {
        return true;
    }
}

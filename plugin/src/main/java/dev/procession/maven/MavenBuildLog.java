package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import org.apache.maven.plugin.logging.Log;

/** Writes to Maven's log. */
record MavenBuildLog(Log log) implements BuildLog {
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
    }

    @Override
    public boolean debugs() {
        return log.isDebugEnabled();
    }
}

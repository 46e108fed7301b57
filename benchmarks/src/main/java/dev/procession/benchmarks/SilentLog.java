package dev.procession.benchmarks;

import dev.procession.plugin.report.BuildLog;

/** Says nothing of what goes well. */
enum SilentLog implements BuildLog {
    INSTANCE;

    @Override
    public void info(String line) {
        // The result is measured, not read.
    }

    @Override
    public void warn(String line) {
        System.out.println(line);
    }

    @Override
    public void debug(String line) {
        // Not asked for.
    }

    @Override
    public boolean debugs() {
        return false;
    }
}

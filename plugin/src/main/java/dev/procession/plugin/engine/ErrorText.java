package dev.procession.plugin.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Takes what the engine prints to its standard error, so that it never waits for a reader, and keeps the beginning. */
final class ErrorText {
    /** A crash prints the state of every routine; the reason stands at the top. */
    private static final int KEPT = 2000;

    private final InputStream in;
    private final Thread thread;
    private final StringBuilder kept = new StringBuilder();

    ErrorText(InputStream in) {
        this.in = in;
        this.thread = new Thread(this::read, "procession-engine-errors");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void read() {
        byte[] buffer = new byte[4096];
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (kept) {
                    if (kept.length() < KEPT) {
                        kept.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException e) {
            // The process is gone, and what it has printed before is kept.
        }
    }

    /** What was printed; waits for the rest of it, so the process must have ended. */
    String text() {
        end();
        synchronized (kept) {
            return kept.substring(0, Math.min(KEPT, kept.length())).strip();
        }
    }

    void end() {
        Threads.join(thread);
    }
}

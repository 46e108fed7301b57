package dev.procession.plugin.lecture;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.timeline.LaneText;
import dev.procession.plugin.timeline.Picture;
import dev.procession.timeline.Timeline;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The build's log, with the lanes of the example that is played below it where there is a terminal: they are taken away for
 * each line, and drawn again behind it.
 */
public final class Screen implements BuildLog {
    private static final String CLEAR_BELOW = "\u001b[J";
    /** What does not fit is cut off: a line that goes on in the next row would not be taken away. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";
    private static final long PERIOD_MILLIS = 250;

    /** More would push the lines away that are being read. */
    private static final int MOST_LANES = 16;

    private final BuildLog log;
    private final @Nullable Terminal terminal;
    private List<String> lanes = List.of(); // guarded by this
    private int drawn; // lines below the log; guarded by this

    public Screen(BuildLog log, @Nullable Terminal terminal) {
        this.log = log;
        this.terminal = terminal;
    }

    /** Draws from now on until that is closed. */
    Following follow(Supplier<Timeline> timeline) {
        Terminal there = terminal;
        if (there == null) {
            return () -> {};
        }
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        while (!Thread.currentThread().isInterrupted()) {
                            TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
                            draw(there, LaneText.of(main(timeline.get()), there.columns()));
                        }
                    } catch (InterruptedException | IllegalStateException e) {
                        // The example is over, or its session is.
                        Thread.currentThread().interrupt();
                    }
                },
                "procession demo lanes",
                0,
                false);
        thread.setDaemon(true);
        thread.start();
        return () -> {
            thread.interrupt();
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            draw(there, List.of());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static Picture main(Timeline timeline) {
        return Picture.of(timeline).named(ProcessHandle.current().pid(), Stage.MAIN);
    }

    private synchronized void draw(Terminal there, List<String> next) {
        erase(there);
        lanes = next.size() > MOST_LANES ? next.subList(next.size() - MOST_LANES, next.size()) : next;
        redraw(there);
    }

    private void erase(Terminal there) {
        if (drawn > 0) {
            there.print("\r\u001b[" + drawn + "A" + CLEAR_BELOW);
            drawn = 0;
        }
    }

    private void redraw(Terminal there) {
        if (!lanes.isEmpty()) {
            there.print(NO_WRAP + String.join(System.lineSeparator(), lanes) + WRAP + System.lineSeparator());
            drawn = lanes.size();
        }
    }

    private synchronized void above(Runnable line) {
        Terminal there = terminal;
        if (there != null) {
            erase(there);
        }
        line.run();
        if (there != null) {
            redraw(there);
        }
    }

    @Override
    public void info(String line) {
        above(() -> log.info(line));
    }

    @Override
    public void warn(String line) {
        above(() -> log.warn(line));
    }

    @Override
    public void debug(String line) {
        if (log.debugs()) {
            above(() -> log.debug(line));
        }
    }

    @Override
    public boolean debugs() {
        return log.debugs();
    }

    /** Until it is closed. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}

package dev.procession.maven;

import dev.procession.plugin.report.LiveLine;
import dev.procession.plugin.report.TerminalLine;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** The terminal that somebody looks at while the build runs. */
final class Terminal {
    private Terminal() {}

    /**
     * Its last line, to be written over; null where nobody looks at one, where nothing is to be said (-q, -B), or where
     * other modules write to it at the same time.
     */
    static @Nullable LiveLine of(MavenSession session, Log log) {
        boolean alone = session.getRequest().isInteractiveMode() && !session.isParallel() && log.isInfoEnabled();
        if (!alone || "dumb".equals(System.getenv("TERM")) || !isTerminal(System.console())) {
            return null;
        }
        // Not System.out: Maven may make log lines of that. Never closed: it is the process's own.
        return new TerminalLine(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.US_ASCII));
    }

    /** From JDK 22 on there is a console also where there is no terminal. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}

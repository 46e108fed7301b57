package dev.procession.maven;

import dev.procession.plugin.lecture.Terminal;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that Maven was called in.
 *
 * @param console of this JVM
 * @param screen the same terminal, to be written to
 * @param mayAsk false in a build, which is not to stop for a question
 */
record ConsoleTerminal(Console console, PrintStream screen, boolean mayAsk) implements Terminal {
    private static final int USUAL_COLUMNS = 80;

    /**
     * The terminal, if somebody sits in front of it: not with {@code -B} or {@code -q}, not where output goes elsewhere.
     */
    @SuppressWarnings(
            "SystemConsoleNull") // since JDK 22 it is there without a terminal, too: isTerminal() asks for that
    static @Nullable Terminal of(MavenSession session, MojoExecution execution, Log log) {
        Console console = System.console();
        String kind = System.getenv("TERM");
        if (console == null
                || !isTerminal(console)
                || !session.getRequest().isInteractiveMode()
                || !log.isInfoEnabled()
                || kind == null
                || kind.equals("dumb")) {
            return null;
        }
        // Not System.out, of which Maven 4 makes lines of its log. Never closed: it is the process's own.
        PrintStream screen = new PrintStream(new FileOutputStream(FileDescriptor.out), false, console.charset());
        return new ConsoleTerminal(console, screen, execution.getSource() == MojoExecution.Source.CLI);
    }

    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true; // before JDK 22
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    @Override
    public int columns() {
        String told = System.getenv("COLUMNS");
        try {
            return told == null ? USUAL_COLUMNS : Math.max(40, Integer.parseInt(told));
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    @Override
    public void print(String text) {
        screen.print(text);
        screen.flush();
    }

    @Override
    public Optional<String> ask(String question) {
        if (!mayAsk) {
            return Optional.empty();
        }
        print(question);
        return Optional.ofNullable(console.readLine());
    }
}

package dev.procession.internal.log;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The library's log. What nobody wants to hear costs one read of a field: a logger is made by the first message that
 * passes, since that takes some ten milliseconds, which is much of a child's life.
 */
public final class LibraryLog {
    /** The name of the logger. */
    public static final String NAME = "dev.procession";

    /** The system property with the settings. */
    public static final String PROPERTY = "procession.log";

    private static final String ON_STANDARD_ERROR = "stderr";

    private static volatile Level level = Level.WARNING;
    private static volatile boolean standardError;
    private static volatile String process = "MainProcess";

    static {
        String asked = System.getProperty(PROPERTY, "");
        if (!asked.isEmpty() && !configure(asked)) {
            System.err.println("procession: -D" + PROPERTY + "=" + asked + " is not understood: it is a level ("
                    + levels() + "), and \",stderr\" behind it lets the lines go to standard error");
        }
    }

    private LibraryLog() {}

    private static String levels() {
        StringBuilder names = new StringBuilder();
        for (Level one : Level.values()) {
            names.append(names.length() == 0 ? "" : ", ").append(one);
        }
        return names.toString();
    }

    /** {@return whether the text was understood} It is in the form of {@link #configuration}. */
    private static boolean configure(String text) {
        String[] parts = text.split(",", -1);
        boolean toStandardError = parts.length == 2 && parts[1].trim().equalsIgnoreCase(ON_STANDARD_ERROR);
        if (parts.length > 2 || (parts.length == 2 && !toStandardError)) {
            return false;
        }
        for (Level one : Level.values()) {
            if (one.name().equals(parts[0].trim().toUpperCase(Locale.ROOT))) {
                set(one, toStandardError);
                return true;
            }
        }
        return false;
    }

    /** {@return the settings as they travel to a child; empty for the usual ones} */
    public static String configuration() {
        return level == Level.WARNING && !standardError ? "" : level + (standardError ? "," + ON_STANDARD_ERROR : "");
    }

    /** Says what is heard, and where. */
    public static void set(Level wanted, boolean toStandardError) {
        standardError = toStandardError;
        level = wanted;
    }

    /** {@return the level from which on messages are passed on} */
    public static Level level() {
        return level;
    }

    /** {@return whether lines go to standard error rather than to the logger} */
    public static boolean isOnStandardError() {
        return standardError;
    }

    /**
     * For a child: its name, and the settings of its parent. Those that it was given itself, by the property, go before.
     *
     * @param text what {@link #configuration} gave there
     */
    public static void inherit(String name, String text) {
        process = name;
        if (System.getProperty(PROPERTY) == null) {
            configure(text);
        }
    }

    /** {@return whether messages of a level are passed on} */
    public static boolean isHeard(Level asked) {
        Level from = level;
        return from != Level.OFF && asked.getSeverity() >= from.getSeverity();
    }

    /** Says something. */
    public static void log(Level at, Supplier<String> message) {
        log(at, message, null);
    }

    /** Says something that an exception explains. */
    public static void log(Level at, Supplier<String> message, @Nullable Throwable cause) {
        if (!isHeard(at)) {
            return;
        }
        if (standardError) {
            // One call for one line: lines of several threads are not mixed.
            System.err.println("[" + at + "/" + process + "] " + message.get() + (cause == null ? "" : ": " + cause));
        } else {
            System.Logger logger = System.getLogger(NAME);
            if (logger.isLoggable(at)) {
                logger.log(at, message.get(), cause);
            }
        }
    }
}

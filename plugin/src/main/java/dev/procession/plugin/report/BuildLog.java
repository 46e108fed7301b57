package dev.procession.plugin.report;

/**
 * The build's log. {@code info} is one line per goal about the result, {@code debug} is per file, {@code warn} means
 * that the user should act. May be called from any thread.
 */
public interface BuildLog {

    /**
     * Tells the result.
     *
     * @param line one line about the goal's result
     */
    void info(String line);

    /**
     * Asks the user to act.
     *
     * @param line what the user should act on
     */
    void warn(String line);

    /**
     * Tells a detail.
     *
     * @param line a detail; build it only when {@link #debugs()}
     */
    void debug(String line);

    /**
     * Tells whether details are wanted.
     *
     * @return whether debug lines are printed at all
     */
    boolean debugs();
}

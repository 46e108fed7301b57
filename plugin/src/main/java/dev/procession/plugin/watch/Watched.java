package dev.procession.plugin.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is built again and again. */
public interface Watched {

    /**
     * Builds what needs it. Called every fraction of a second, so it has to find out fast that nothing changed.
     *
     * @return what was done
     * @throws IOException when the machine fails, as on a full disk; with a message for the user, who is told of it when
     *     it does not pass, and the watch goes on
     * @throws InterruptedException when this thread is interrupted
     */
    Outcome build() throws IOException, InterruptedException;

    /**
     * The directories of the sources. After a failed build nothing is built before something in them changes.
     *
     * @return directories, which may be missing
     * @throws IOException when the machine fails
     */
    List<Path> sources() throws IOException;

    /**
     * What a build did.
     *
     * @param built whether anything was made anew
     * @param problem what the user has to mend, empty if nothing
     * @param summary what to tell the user when something was built
     */
    record Outcome(boolean built, String problem, String summary) {}
}

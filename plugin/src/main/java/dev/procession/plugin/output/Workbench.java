package dev.procession.plugin.output;

import java.io.IOException;
import java.nio.file.Path;

/** Where new files are made; whoever gives it discards them in the end, unless they were published. */
public interface Workbench {

    /**
     * Makes a new, empty file.
     *
     * @param target where its content will be published, for messages
     * @return the file to write
     * @throws IOException when it cannot be made
     */
    Path newFile(Path target) throws IOException;

    /**
     * Puts a file in its place in one step, whatever was there.
     *
     * @param file a file that was made here
     * @throws IOException when it cannot be put there
     */
    void publish(StagedFile file) throws IOException;
}

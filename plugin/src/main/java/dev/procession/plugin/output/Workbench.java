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
}

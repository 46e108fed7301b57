package dev.procession.internal.memory;

import dev.procession.IncompatibleSessionException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What stands before the blocks of a session, copied, for a look from outside: nothing is mapped, locked or written.
 *
 * @param layout where things lie in it
 * @param memory the copy; words that belong together may come from different moments
 */
public record SessionSnapshot(SessionLayout layout, Memory memory) {

    /**
     * Copies it.
     *
     * @param directory the session's directory
     * @return the copy
     * @throws IncompatibleSessionException if this process cannot use the session
     * @throws IOException if the file cannot be read
     */
    public static SessionSnapshot read(Path directory) throws IOException {
        Path file = Segments.file(directory, 0);
        SessionLayout layout = Segments.layout(file, SegmentFile.copy(file, 0, SegmentLayout.BYTES));
        Memory memory = SegmentFile.copy(file, 0, layout.heap());
        if (memory.size() < layout.heap()) {
            throw new IncompatibleSessionException(
                    file, "length", memory.size() + " bytes", "more than " + layout.heap());
        }
        return new SessionSnapshot(layout, memory);
    }
}

package dev.procession.plugin.sort.journal;

import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OwnPlaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Whether an output may hold copies that its memory does not know of: a run did not end by itself, or a journal was
 * damaged. A killed process leaves no gap, since the journal says first what is about to be placed; but a machine that
 * loses its power may keep the files and lose the end of the journal, and nobody can see from that end that it is not the
 * whole. A file of lines, one for each source that was sorted since.
 */
public final class MemoryGaps {
    private final Path file;

    public MemoryGaps(OwnPlaces own) {
        this.file = own.gaps();
    }

    /** From now on, for all sources. Nothing is written into the file, so this needs no room but for its name. */
    public void open() throws IOException {
        Files.write(file, new byte[0]);
    }

    /**
     * Whether there may be gaps in what is known of a source.
     *
     * @param source the key prefix of a source
     */
    public boolean concern(String source) throws IOException {
        try {
            return !Files.readAllLines(file, StandardCharsets.ISO_8859_1).contains(line(source));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** All that can be found of a source was found. */
    public void close(String source) throws IOException {
        if (concern(source)) {
            // A line that was cut has no end.
            Files.writeString(file, "\n" + line(source) + "\n", StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
        }
    }

    private static String line(String source) {
        return RawName.encoded(source);
    }
}

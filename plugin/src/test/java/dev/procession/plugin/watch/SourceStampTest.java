package dev.procession.plugin.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceStampTest {
    @TempDir
    Path directory;

    @Test
    void of_directoryIsALink_changesWithWhatIsBehindIt() throws Exception {
        Path sources = Files.createDirectories(directory.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(directory.resolve("js"), sources);
        long empty = SourceStamp.of(List.of(link));
        Files.writeString(sources.resolve("a.js"), "a();");
        long one = SourceStamp.of(List.of(link));
        assertNotEquals(empty, one);
        assertEquals(one, SourceStamp.of(List.of(link)));
    }
}

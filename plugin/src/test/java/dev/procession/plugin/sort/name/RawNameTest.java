package dev.procession.plugin.sort.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RawNameTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void of_anyBytes_comeBack(@TempDir Path directory) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            StringBuilder raw = new StringBuilder();
            int length = 1 + random.nextInt(60);
            for (int j = 0; j < length; j++) {
                char c = (char) (1 + random.nextInt(255));
                raw.append(c == '/' ? ' ' : c);
            }
            // The number keeps short names apart.
            String name = "f" + i + "-" + raw;
            Path file = RawName.resolve(directory, name);
            Files.createFile(file);
            assertEquals(name, RawName.of(file.getFileName()), () -> "seed " + seed);
            assertEquals(name, RawName.of(directory.relativize(file)), () -> "seed " + seed);
            assertEquals(file, RawName.absolute(RawName.of(file)), () -> "seed " + seed);
            assertEquals(name, RawName.decoded(RawName.encoded(name)), () -> "seed " + seed);
            assertTrue(RawName.encoded(name).matches("[!-~]+"), () -> "seed " + seed);
        }
        try (var entries = Files.list(directory)) {
            assertEquals(500, entries.count(), () -> "seed " + seed);
        }
    }

    @Test
    void of_directoryWithAnotherLetter_hasNoSlashAtItsEnd(@TempDir Path directory) throws Exception {
        Path made = Files.createDirectory(RawName.resolve(directory, RawName.ofUnicode("тека")));
        assertEquals(RawName.of(directory) + "/" + RawName.ofUnicode("тека"), RawName.of(made));
    }

    @Test
    void shown_oddName_isOneReadableLine() {
        assertEquals("їжак\\n.txt", RawName.shown(RawName.ofUnicode("їжак\n.txt")));
        assertEquals("a\\xFFb\\n", RawName.shown("a\u00ffb\n"));
    }
}

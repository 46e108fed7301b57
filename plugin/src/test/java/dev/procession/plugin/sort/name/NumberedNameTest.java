package dev.procession.plugin.sort.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.procession.plugin.sort.Heap;
import org.junit.jupiter.api.Test;

class NumberedNameTest {
    @Test
    void of_kindsOfNames_numberStandsBeforeTheExtension() {
        assertEquals("a (2).txt", NumberedName.of("a.txt", 2));
        assertEquals("a (2) (3).TXT", NumberedName.of("a (2).TXT", 3));
        assertEquals("x (2).tar.gz", NumberedName.of("x.tar.gz", 2));
        assertEquals("Makefile (2)", NumberedName.of("Makefile", 2));
        assertEquals(".bashrc (2)", NumberedName.of(".bashrc", 2));
        assertEquals(".a.b (2)", NumberedName.of(".a.b", 2));
    }

    @Test
    void of_longName_losesWholeCharactersOfItsStem() {
        String ascii = "x".repeat(251) + ".txt";
        assertEquals("x".repeat(247) + " (2).txt", NumberedName.of(ascii, 2));
        // Two bytes each: 246 is the largest even number that fits.
        String cyrillic = Heap.utf8("ї".repeat(125) + ".txt");
        assertEquals(Heap.utf8("ї".repeat(123) + " (2).txt"), NumberedName.of(cyrillic, 2));
        String emoji = Heap.utf8("\ud83d\ude00".repeat(62) + "x.txt");
        assertEquals(Heap.utf8("\ud83d\ude00".repeat(61) + " (2).txt"), NumberedName.of(emoji, 2));
        String bytes = "\u00ff".repeat(255);
        assertEquals("\u00ff".repeat(251) + " (2)", NumberedName.of(bytes, 2));
    }
}

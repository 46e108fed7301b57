package dev.procession.plugin.sort.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class NameFoldingTest {
    private static final String COMPOSED = RawName.ofUnicode("É.txt");
    private static final String DECOMPOSED = RawName.ofUnicode("E\u0301.txt");

    @Test
    void key_noFolding_isTheName() {
        NameFolding folding = new NameFolding(false, false);
        assertEquals(DECOMPOSED, folding.key(DECOMPOSED));
        assertEquals("A.TXT", folding.key("A.TXT"));
    }

    @Test
    void key_casesAreOne_differInNothingButCase() {
        NameFolding folding = new NameFolding(true, false);
        assertEquals(folding.key("a.txt"), folding.key("A.TXT"));
        assertEquals(folding.key(RawName.ofUnicode("Їжак")), folding.key(RawName.ofUnicode("їЖАК")));
        assertNotEquals(folding.key(COMPOSED), folding.key(DECOMPOSED));
        assertEquals(folding.key("\u00ffa"), folding.key("\u00ffA"));
    }

    @Test
    void key_formsAreOne_differInNothingButForm() {
        NameFolding folding = new NameFolding(false, true);
        assertEquals(folding.key(COMPOSED), folding.key(DECOMPOSED));
        assertNotEquals(folding.key("a"), folding.key("A"));
    }
}

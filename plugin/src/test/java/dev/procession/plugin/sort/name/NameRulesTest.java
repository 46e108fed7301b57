package dev.procession.plugin.sort.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.procession.plugin.sort.Heap;
import dev.procession.plugin.sort.layout.ExtensionLayout;
import dev.procession.plugin.sort.layout.FileFacts;
import dev.procession.plugin.sort.layout.Layout;
import dev.procession.plugin.sort.layout.NamedLayout;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.work.FileStat;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameRulesTest {
    private static final String CAFE = Heap.utf8("caf\u00e9.txt");
    private static final String DECOMPOSED = Heap.utf8("cafe\u0301.txt");

    @Test
    void keep_anyName_isTheSameBytes() {
        assertEquals(DECOMPOSED, NameRule.KEEP.apply(DECOMPOSED));
        assertEquals("caf\u00e9", NameRule.KEEP.apply("caf\u00e9"));
    }

    @Test
    void nfc_decomposedName_isComposed() {
        assertEquals(CAFE, new NfcNames().apply(DECOMPOSED));
        assertEquals(CAFE, new NfcNames().apply(CAFE));
        // No UTF-8: Latin-1, as an old system wrote it.
        assertEquals("caf\u00e9.txt", new NfcNames().apply("caf\u00e9.txt"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            a.txt|a.txt
            CON|CON_
            con.txt|con_.txt
            Lpt1.tar.gz|Lpt1_.tar.gz
            nul .txt|nul_.txt
            CONSOLE|CONSOLE
            COM10|COM10
            what?.txt|what_.txt
            a<b>c:d"e|a_b_c_d_e
            back\\slash|back_slash
            the end. |the end
            dots...|dots
            .bashrc|.bashrc
            . .|_
            CON.|CON_
            """)
    void windows_whatItRefuses_isChanged(String name, String expected) {
        assertEquals(expected, WindowsNames.RULE.apply(name));
        assertEquals(expected, WindowsNames.RULE.apply(expected), "applied twice");
    }

    @Test
    void windows_controlCharactersAndNoUtf8_areWritten() {
        assertEquals("a_b_.txt", WindowsNames.RULE.apply("a\nb\u0007.txt"));
        assertEquals("caf%E9.txt", WindowsNames.RULE.apply("caf\u00e9.txt"));
        assertEquals(Heap.utf8("COM\u00b9_.txt"), WindowsNames.RULE.apply(Heap.utf8("COM\u00b9.txt")));
    }

    @Test
    void windows_255BytesThatGrow_areCut() {
        String name = WindowsNames.RULE.apply("\u00e9".repeat(250) + ".jpeg");
        assertEquals(255, name.length());
        assertEquals(".jpeg", name.substring(250));
    }

    @Test
    void namedLayout_folderAndName_bothFollowTheRule() {
        SourceFile file = new SourceFile(Heap.utf8("тека/запрошення.ТХТ"), new FileStat(0, 0, "-"));
        Layout layout = NamedLayout.of(new ExtensionLayout(), new TransliteratedNames());
        assertEquals(new Layout.Target("tkht", "zaproshennia.TKHT"), layout.place(file, FileFacts.NONE));
        Layout windows = NamedLayout.of(new ExtensionLayout(), WindowsNames.RULE);
        assertEquals(
                "no extension/aux_",
                windows.place(new SourceFile("aux", file.stat()), FileFacts.NONE)
                        .path());
        assertEquals(
                "com1_/a.com1",
                windows.place(new SourceFile("a.com1", file.stat()), FileFacts.NONE)
                        .path());
    }

    @Test
    void names_everyRule_giveTheComposedFormOfItsOwnTable() {
        for (String word : new String[] {"Київ", "їжак", "ґанок"}) {
            String decomposed = Heap.utf8(Normalizer.normalize(word, Normalizer.Form.NFD));
            assertEquals(new TransliteratedNames().apply(Heap.utf8(word)), new TransliteratedNames().apply(decomposed));
        }
    }
}

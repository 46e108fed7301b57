package dev.procession.plugin.sort.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.procession.plugin.sort.Heap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderRuleTest {
    @ParameterizedTest
    @CsvSource({
        "a.txt, txt",
        "a.TXT, txt",
        "x.tar.gz, tar.gz",
        "X.TAR.Bz2, tar.bz2",
        "a.b.c.zip, zip",
        "v1.2.jar, jar",
        "notes.tar.txt, txt",
        "tar.gz, gz",
        "data.7z, 7z",
        "old.txt~, txt~",
        "main.c++, c++",
        "Makefile, no extension",
        "trailing., no extension",
        "two.., no extension",
        "the end. And more, no extension",
        ".bashrc, dot files",
        ".config.json, dot files",
        ".tar.gz, dot files",
        "..., dot files",
    })
    void folderOf_name_isItsExtension(String name, String folder) {
        assertEquals(folder, FolderRule.folderOf(name));
    }

    @Test
    void folderOf_cyrillicExtension_isLowerCase() {
        assertEquals(Heap.utf8("тхт"), FolderRule.folderOf(Heap.utf8("лист.ТХТ")));
    }

    @Test
    void folderOf_twoFormsOfALetter_isOneFolder() {
        assertEquals(FolderRule.folderOf(Heap.utf8("a.caf\u00e9")), FolderRule.folderOf(Heap.utf8("b.CAFE\u0301")));
    }

    @Test
    void folderOf_bytesThatAreNoText_keepsThem() {
        assertEquals("\u00ffx", FolderRule.folderOf("a.\u00ffX"));
    }

    @Test
    void folderOf_oddExtension_isNone() {
        assertEquals(FolderRule.NO_EXTENSION, FolderRule.folderOf("a.t\nxt"));
        assertEquals(FolderRule.NO_EXTENSION, FolderRule.folderOf(Heap.utf8("a.t\u00a0xt")));
        assertEquals("x".repeat(32), FolderRule.folderOf("a." + "x".repeat(32)));
        assertEquals(FolderRule.NO_EXTENSION, FolderRule.folderOf("a." + "x".repeat(33)));
    }

    @Test
    void folderOf_everyExtension_differsFromTheFoldersOfTheOthers() {
        for (String name : new String[] {"x.no extension", "x.dot files", "x.no", "x.extension", "x.procession"}) {
            String folder = FolderRule.folderOf(name);
            assertFalse(
                    FolderRule.extensionDot(name) >= 0
                            && (folder.equals(FolderRule.NO_EXTENSION) || folder.equals(FolderRule.DOT_FILES)),
                    name);
        }
    }
}

package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.bundle.request.BundleFailedException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoiningTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(directory);
    }

    @Test
    void run_twoFiles_areJoinedInTheOrderOfTheList() throws Exception {
        shop.file("a.js", "a();\n").file("b.js", "b();\n").bundle("b.js", "a.js");
        BundleResult result = shop.run();
        assertEquals("b();\na();\n//# sourceMappingURL=shop.js.map\n", shop.script());
        assertEquals(1, result.written());
        assertTrue(
                result.summary()
                        .matches("bundled 2 files \\(10 B\\) into 1 bundle in [0-9.]+ s: target/classes/web/shop.js"),
                result.summary());
        assertEquals(List.of(), shop.staged());
    }

    /** The first column is a file's content, the second what the bundle holds for it before a next file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a();\\n              | a();\\nN",
                "a();                 | a();\\nN",
                "a()                  | a()\\n;\\nN",
                "a()\\n               | a()\\n;\\nN",
                "a(); // end          | a(); // end\\n;\\nN",
                "a(); // end;         | a(); // end;\\n;\\nN",
                "a() // ;             | a() // ;\\n;\\nN",
                "a(); /* end */       | a(); /* end */\\n;\\nN",
                "a(); /* end; */ b(); | a(); /* end; */ b();\\nN",
                "a() <!-- ;           | a() <!-- ;\\n;\\nN",
                "a()\\n--> ;          | a()\\n--> ;\\n;\\nN",
                "x = `;`              | x = `;`\\n;\\nN",
                "x = /;/              | x = /;/\\n;\\nN",
                "x = 'http://a/';     | x = 'http://a/';\\n;\\nN",
                "// only a comment    | // only a comment\\nN",
                "/* only ; */         | /* only ; */\\nN",
                "a();\\r\\n           | a();\\r\\nN",
                "a();\\r              | a();\\r\\nN",
                "function f() {}      | function f() {}\\n;\\nN",
            })
    void run_fileEnding_nextFileStartsSafely(String content, String expected) throws Exception {
        shop.file("a.js", content.translateEscapes()).file("b.js", "N();\n").bundle("a.js", "b.js");
        shop.run();
        assertEquals(expected.translateEscapes() + "();\n", shop.body());
    }

    @Test
    void run_emptyFile_leavesNoTraceInTheScript() throws Exception {
        shop.file("a.js", "a();\n").file("b.js", "").file("c.js", "c();\n").bundle("*.js");
        shop.run();
        assertEquals("a();\nc();\n", shop.body());
        assertEquals(3, shop.map().sources().size());
    }

    @Test
    void run_byteOrderMarks_areRemovedAndDecideTheCharset() throws Exception {
        shop.file("a.js", "\ufeffa('ї');\n")
                .file("b.js", "\ufeffb('ї');\n", StandardCharsets.UTF_16LE)
                .file("c.js", "\ufeffc('ї');\n", StandardCharsets.UTF_16BE)
                .file("d.js", "\ufeff")
                .file("e.js", "\ufeffe('ї');\n", Charset.forName("UTF-32LE"))
                .bundle(Workshop.encoded("ISO-8859-1", "*.js"));
        shop.run();
        assertEquals("a('ї');\nb('ї');\nc('ї');\ne('ї');\n", shop.body());
    }

    @Test
    void run_windows1251_isWrittenAsUtf8() throws Exception {
        shop.file("a.js", "say('Привіт');\n", Charset.forName("windows-1251"))
                .bundle(Workshop.encoded("windows-1251", "a.js"));
        shop.run();
        assertEquals("say('Привіт');\n", shop.body());
        assertEquals("say('Привіт');\n", shop.map().contents().get(0));
    }

    @Test
    void run_malformedUtf8_namesFileOffsetAndBytes() throws Exception {
        shop.file("good.js", "ok();\n")
                .file("bad.js", new byte[] {'a', '(', ')', '\n', (byte) 0xC3, '(', ';'})
                .bundle("*.js");
        assertEquals(
                "<encoding>UTF-8</encoding> of bundle shop.js: src/main/js/bad.js is not valid UTF-8 at byte offset 4 (byte C3);"
                        + " set <encoding> to the charset the file is written in, or convert the file",
                shop.fail().getMessage());
        assertTrue(Files.notExists(shop.output()));
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void run_malformedAfterByteOrderMark_offsetCountsFromTheStartOfTheFile() throws Exception {
        shop.file("bad.js", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', (byte) 0xFF})
                .bundle("*.js");
        assertTrue(shop.fail().getMessage().contains("at byte offset 4 (byte FF); its byte order mark says UTF-8"));
    }

    @Test
    void run_unmappableByte_isRefused() throws Exception {
        shop.file("bad.js", new byte[] {'a', (byte) 0x98}).bundle(Workshop.encoded("windows-1251", "*.js"));
        assertTrue(shop.fail().getMessage().contains("is not valid windows-1251 at byte offset 1 (byte 98)"));
    }

    @Test
    void run_manyProblems_areToldTogether() throws Exception {
        shop.file("bad.js", new byte[] {(byte) 0xFF})
                .file("worse.js", new byte[] {'1', (byte) 0xFE})
                .bundle("*.js");
        BundleFailedException failure = shop.fail();
        assertEquals(2, failure.problems().size());
        assertTrue(failure.getMessage().startsWith("2 problems:"), failure.getMessage());
    }

    @Test
    void run_inputsWithMapAndName_doNotSpeakForTheBundle() throws Exception {
        String input = "a();\n//# sourceMappingURL=a.js.map\n//@ sourceURL=old.js\n\n";
        shop.file("a.js", input).bundle(Workshop.withoutMap("a.js"));
        shop.run();
        assertEquals("a();\n//  sourceMappingURL=a.js.map\n//  sourceURL=old.js\n\n", shop.script());
    }

    @Test
    void run_fileThatWasItselfJoined_claimsNothingForTheBundleInItsMiddle() throws Exception {
        shop.file(
                        "vendor.js",
                        "one('ї'); //# sourceURL=one.js\n//# sourceMappingURL=one.js.map\n//@ sourceURL=two.js\r\n"
                                + "two(/'/, '//# sourceURL=text.js', `\n//# sourceURL=text.js\n`);")
                .bundle(Workshop.withoutMap("vendor.js"));
        shop.run();
        String blanked = "one('ї'); //  sourceURL=one.js\n//  sourceMappingURL=one.js.map\n//  sourceURL=two.js\r\n";
        String kept = "two(/'/, '//# sourceURL=text.js', `\n//# sourceURL=text.js\n`);\n";
        assertEquals(blanked + kept, shop.script());
    }

    @Test
    void run_claimThatOnlyAParserCouldTellFromAText_staysAsItIs() throws Exception {
        // Whether a slash behind yield divides depends on the function around it.
        String input = "yield /a'/g; //# sourceURL=one.js\nb = 'c';\n";
        shop.file("a.js", input).bundle(Workshop.withoutMap("a.js"));
        shop.run();
        assertEquals(input, shop.script());
    }

    @Test
    void run_mapCommentAfterOtherLetters_isFoundByByteNotByChar() throws Exception {
        shop.file("a.js", "ї('🔥');\n//# sourceMappingURL=ї.map").bundle("a.js");
        shop.run();
        assertEquals("ї('🔥');\n//  sourceMappingURL=ї.map\n", shop.body());
        assertEquals(
                "ї('🔥');\n//# sourceMappingURL=ї.map", shop.map().contents().get(0));
    }

    @Test
    void run_mapCommentInsideTemplate_isLeftAlone() throws Exception {
        String input = "x = `\n//# sourceMappingURL=a.js.map\n`;\n";
        shop.file("a.js", input).bundle("a.js");
        shop.run();
        assertEquals(input, shop.body());
    }

    @Test
    void run_hashbang_becomesACommentOfTheSameLength() throws Exception {
        shop.file("a.js", "a();\n").file("b.js", "#!/usr/bin/env node\nb();\n").bundle("*.js");
        shop.run();
        assertEquals("a();\n///usr/bin/env node\nb();\n", shop.body());
    }

    @Test
    void run_banner_comesFirstAndIsCountedInTheMap() throws Exception {
        shop.file("a.js", "a();\n").bundle(Workshop.withBanner("\n  /*! Shop 1.0\n      (c) us */\n", "a.js"));
        shop.run();
        assertEquals("/*! Shop 1.0\n      (c) us */\na();\n", shop.body());
        assertEquals(new DecodedMap.Segment(2, 0, 0, 0, 0), shop.map().at(2, 0));
    }

    @Test
    void run_bannerThatIsNoComment_isRefused() throws Exception {
        shop.file("a.js", "a();\n").bundle(Workshop.withBanner("Shop 1.0 (c) us", "a.js"));
        assertTrue(
                shop.fail()
                        .getMessage()
                        .startsWith(
                                "<banner>Shop 1.0 (c) us</banner> of bundle shop.js: must hold JavaScript comments"),
                shop.fail().getMessage());
    }

    @Test
    void run_bannerLeftOpen_isRefused() throws Exception {
        shop.file("a.js", "a();\n").bundle(Workshop.withBanner("/* Shop", "a.js"));
        assertTrue(shop.fail().getMessage().startsWith("<banner>/* Shop</banner>"));
    }

    @Test
    void run_strictFileFirst_doesNotMakeTheOthersStrict() throws Exception {
        shop.file("a.js", "/* a */ 'use strict';\na();\n")
                .file("b.js", "b();\n")
                .bundle("*.js");
        shop.run();
        assertEquals(";\n/* a */ 'use strict';\na();\nb();\n", shop.body());
        assertEquals(
                List.of(
                        "bundle shop.js: \"use strict\" at the start of src/main/js/a.js has no effect, since src/main/js/b.js"
                                + " lacks it and might break; put it inside functions, or the strict files into a bundle of their own"),
                shop.warnings);
        assertEquals(0, shop.map().at(1, 0).sourceLine());
    }

    @Test
    void run_allFilesStrict_bundleIsStrict() throws Exception {
        shop.file("a.js", "// a\n\"use strict\"\na();\n")
                .file("b.js", "'use strict';\nb();\n")
                .file("c.js", "// nothing but a comment\n")
                .bundle("c.js", "a.js", "b.js");
        shop.run();
        assertTrue(shop.body().startsWith("// nothing but a comment\n// a\n\"use strict\"\na();\n"), shop.body());
        assertEquals(List.of(), shop.warnings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\u2028"})
    void run_strictAfterDirectiveOfTwoLines_doesNotMakeTheOthersStrict(String lineBreak) throws Exception {
        String first = "'one \\" + lineBreak + "directive'; 'use strict';\na();\n";
        shop.file("a.js", first).file("b.js", "b();\n").bundle("*.js");
        shop.run();
        assertEquals(";\n" + first + "b();\n", shop.body());
        assertEquals(1, shop.warnings.size(), shop.warnings.toString());
    }

    @Test
    void run_strictFileLater_warnsAndNeedsNoGuard() throws Exception {
        shop.file("a.js", "a();\n").file("b.js", "'use strict';\nb();\n").bundle("*.js");
        shop.run();
        assertEquals("a();\n'use strict';\nb();\n", shop.body());
        assertEquals(1, shop.warnings.size());
    }

    @Test
    void run_directiveInBanner_makesTheBundleStrictWithoutWarning() throws Exception {
        shop.file("a.js", "(function () {})();\n").bundle(Workshop.withBanner("'use strict'", "a.js"));
        shop.run();
        assertEquals("'use strict'\n;\n(function () {})();\n", shop.body());
        assertEquals(List.of(), shop.warnings);
    }

    @Test
    void run_nothingMatchesAndMay_bundleHoldsTheBannerOnly() throws Exception {
        shop.bundle(Workshop.allowingEmpty("*.js", "gone.js"));
        assertTrue(shop.run().summary().startsWith("bundled 0 files (0 B) into 1 bundle"));
        assertEquals("", shop.body());
        assertEquals(List.of(), shop.map().segments());
    }

    @Test
    void run_fiveHundredFiles_eachIsThereOnceInOrder() throws Exception {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            String content = "f(" + i + ");\n";
            shop.file(String.format("d%d/f%03d.js", i % 7, i / 7), content);
        }
        for (int d = 0; d < 7; d++) {
            for (int i = d; i < 500; i += 7) {
                expected.append("f(").append(i).append(");\n");
            }
        }
        shop.bundle("**/*.js");
        assertTrue(shop.run().summary().startsWith("bundled 500 files"));
        assertEquals(expected.toString(), shop.body());
    }
}

package dev.procession.plugin.bundle.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.bundle.Workshop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenEndTest {
    @TempDir
    Path directory;

    private static OpenEnd scan(String text) {
        return ScriptScanner.scan(text.toCharArray(), text.length(), new ArrayList<>());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a();\\n/* open                  | 2 | a comment, /*",
                "/*/                             | 1 | a comment, /*",
                "x = `open                       | 1 | a template, `",
                "x = `a${b}\\n c                 | 1 | a template, `",
                "x = `a${`b`                     | 1 | ",
                "x = 'a\\\\\\n                   | 1 | a string, '",
                "x = a / b; y = `                | 1 | a template, `",
                "x = /`/; y = `                  | 1 | a template, `",
                "if (a) /`/.test(b); y = `       | 1 | a template, `",
                "x = (a) / 2; y = `              | 1 | a template, `",
                "x = {} / 2; y = '/'; z = `      | 1 | a template, `",
                "function f() {} /`/.test(a); z = ` | 1 | a template, `",
                "x = function () {} / 2 / '`'; z = ` | 1 | a template, `",
            })
    void scan_somethingOpen_isFound(String text, int line, String what) {
        OpenEnd end = scan(text.translateEscapes());
        if (what == null) {
            // Inside of an expression in a template: the brackets are open, not a text that swallows everything.
            assertNull(end);
            return;
        }
        assertNotNull(end);
        assertEquals(what, end.what());
        assertEquals(line, end.line());
        assertTrue(end.certain());
        assertTrue(ScriptScanner.mayBeOpen(
                text.translateEscapes().toCharArray(), text.translateEscapes().length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a();",
                "x = '/*';",
                "x = \"`\";",
                "x = /[/*`]/;",
                "x = /\\/*`/g;",
                "x = `a ${ {b: `c ${'}'} `} } d`;",
                "x = a++ / b / '`'.length;",
                "x = a.return / b; y = '`';",
                "x = 1.5e-3 / 2; y = '`';",
                "return /`/.test(x)",
                "while (a) /`/.exec(b)",
                "x = a ? /`/ : /'/;",
                "x = {a: /`/, b() {}, get c() { return /'/ }};",
                "label: { /`/.test(a) }",
                "switch (a) { case /`/.test(b): { /'/.exec(c) } }",
                "class A { static #b = /`/; c() { /'/ } }",
                "x = class {} / 2; y = '`'",
                "async function f() { for await (const a of /`/) {} } /'/.test(x)",
                "if (a) {} else /`/.test(b)",
                "do /`/.test(a); while (b)",
                "x = a\n/* ` */ / b",
                "a = b\n<!-- ` ' \"\nc",
                "--> ` '\nc",
                "#!/usr/bin/env node `\nx",
                "x = [/`/, /'/]; y = [1] / 2",
                "x = y => /`/.test(y); z = (a, b) => ({}) / '`'",
                "x = `\\``; y = '\\''; z = \"\\\"\"",
                "x = /a/.source + `b`; // `",
                "x = a?.5 : 1 / 2; y = b ?? /`/; z = c?.d / 2; w = '`'",
                "export default function () {} /`/.test(x)",
                "var a = function f() {} / 2; b = '`'",
                "x = typeof /`/; y = void /'/; z = new Foo / 2",
                "import(`a`).then(b => b / 2)",
                "({}) / 1; '`'",
                "x = (function () { /`/ })() / 2; '`'"
            })
    void scan_wholeScript_isNotOpen(String text) {
        assertNull(scan(text), () -> text + ": " + scan(text));
    }

    @Test
    void run_openComment_isRefusedByName() throws Exception {
        Workshop shop = new Workshop(directory);
        shop.file("a.js", "a();\n\n/* open").file("b.js", "b();").bundle("*.js");
        assertEquals(
                "<include>*.js</include> of bundle shop.js: src/main/js/a.js:3: a comment, /* that begins here is never"
                        + " closed, and would swallow the next file; close it",
                shop.fail().getMessage());
    }

    @Test
    void scan_legalComments_areTaken() {
        List<String> legal = new ArrayList<>();
        String text = "/*! one */ a(); // two\n/** @license three */ b(); //! four\n/* @param five */ '/*! six */'";
        assertNull(ScriptScanner.scan(text.toCharArray(), text.length(), legal));
        assertEquals(List.of("/*! one */", "/** @license three */", "//! four"), legal);
    }
}

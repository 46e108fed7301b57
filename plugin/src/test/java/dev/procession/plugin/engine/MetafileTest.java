package dev.procession.plugin.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetafileTest {
    @Test
    void parse_whatTheEngineWrites_allOfIt() throws Exception {
        Metafile metafile = Metafile.parse(new StringReader("""
                {"inputs": {
                  "b.css": {"bytes": 7, "imports": []},
                  "a.js": {"bytes": 40, "imports": [
                      {"path": "b.css", "kind": "import-statement", "original": "./b.css"},
                      {"path": "react", "kind": "import-statement", "external": true, "with": {"type": "x"}}],
                    "format": "esm", "somethingNew": {"deep": [1, 2]}}},
                 "outputs": {
                  "out/a.js": {"bytes": 90, "inputs": {"a.js": {"bytesInOutput": 33}},
                    "imports": [{"path": "react", "kind": "import-statement", "external": true}],
                    "exports": ["x"], "entryPoint": "a.js", "cssBundle": "out/a.css"}}}
                """));
        assertEquals(List.of("b.css", "a.js"), List.copyOf(metafile.inputs().keySet()));
        Metafile.Input script = metafile.inputs().get("a.js");
        assertEquals("esm", script.format());
        assertEquals(new Metafile.Import("b.css", "import-statement", "./b.css", false), script.imports().get(0));
        assertTrue(script.imports().get(1).external());
        Metafile.Output output = metafile.outputs().get("out/a.js");
        assertEquals(33L, output.inputs().get("a.js"));
        assertEquals("out/a.css", output.cssBundle());
        assertEquals(List.of("x"), output.exports());
    }

    @Test
    void parse_somethingElse_isRefused() {
        assertThrows(IOException.class, () -> Metafile.parse(new StringReader("[1, 2]")));
        assertThrows(IOException.class, () -> Metafile.parse(new StringReader("{\"inputs\": 3}")));
        assertThrows(IOException.class, () -> Metafile.parse(new StringReader("{\"inputs\": {")));
    }
}

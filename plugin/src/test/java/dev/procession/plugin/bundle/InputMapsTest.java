package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputMapsTest {
    /** Line 0 is line 3 of x.ts, and its second word is called "old" there; line 1 is of no source. */
    private static final String MAP =
            "{\"version\":3,\"sources\":[\"../ts/x.ts\",\"y.ts\"],\"sourcesContent\":[\"\\n\\n\\nnew old\",null],"
                    + "\"names\":[\"old\"],\"mappings\":\"AAGA,IAAIA;A;ACAJ\"}";

    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(directory);
    }

    private static String data(String map) {
        return "//# sourceMappingURL=data:application/json;base64,"
                + Base64.getEncoder().encodeToString(map.getBytes(StandardCharsets.UTF_8)) + "\n";
    }

    private void assertComposed() throws Exception {
        DecodedMap map = shop.map();
        assertEquals(
                List.of("src/main/js/a.js", "src/main/ts/x.ts", "src/main/js/lib/y.ts", "src/main/js/z.js"),
                map.sources());
        assertEquals(Arrays.asList("a();\n", "\n\n\nnew old", "whY", "z();\n"), map.contents());
        assertEquals(new DecodedMap.Segment(0, 0, 0, 0, 0), map.at(0, 0));
        assertEquals(new DecodedMap.Segment(1, 0, 1, 3, 0), map.at(1, 0));
        assertEquals(new DecodedMap.Segment(1, 4, 1, 3, 4), map.at(1, 5));
        assertEquals("old", map.nameAt(1, 4));
        assertEquals(-1, map.at(2, 0).source());
        assertEquals(new DecodedMap.Segment(3, 0, 2, 3, 0), map.at(3, 0));
        int last = shop.body().split("\n", -1).length - 2;
        assertEquals(new DecodedMap.Segment(last, 0, 3, 0, 0), map.at(last, 0));
        assertEquals(new DecodedMap.Segment(last, 1, 3, 0, 1), map.at(last, 2));
    }

    @Test
    void run_mapInside_leadsThroughAndIsNotRepeated() throws Exception {
        shop.file("a.js", "a();\n")
                .file("lib/y.ts", "whY")
                .file("lib/x.js", "new neu;\n;\ny();\n" + data(MAP.replace("../ts", "../../ts")))
                .file("z.js", "z();\n")
                .bundle("a.js", "lib/*.js", "z.js");
        shop.run();
        assertEquals("a();\nnew neu;\n;\ny();\n// \n;\nz();\n", shop.body());
        assertComposed();
    }

    @Test
    void run_mapBeside_leadsThrough() throws Exception {
        shop.file("a.js", "a();\n")
                .file("lib/y.ts", "whY")
                .file("lib/x.js", "new neu;\n;\ny();\n//# sourceMappingURL=maps/x.js.map?v=1\n")
                .file("lib/maps/x.js.map", MAP.replace("../ts", "../../../ts").replace("y.ts", "../y.ts"))
                .file("z.js", "z();\n")
                .bundle("a.js", "lib/*.js", "z.js");
        shop.run();
        assertComposed();
        assertEquals(0, shop.run().written());
        Files.delete(shop.sources.resolve("lib/maps/x.js.map"));
        assertEquals(1, shop.run().written());
        assertEquals(
                List.of("src/main/js/a.js", "src/main/js/lib/x.js", "src/main/js/z.js"),
                shop.map().sources());
        shop.file("lib/maps/x.js.map", MAP);
        assertEquals(1, shop.run().written(), "a map that appears belongs to the bundle");
        assertEquals(List.of(), shop.warnings);
    }

    @Test
    void run_mapNamedBehindCode_leadsThroughAndOneNamedAheadOfCodeDoesNot() throws Exception {
        shop.file("x.ts", "new").file("x.js.map", "{\"version\":3,\"sources\":[\"x.ts\"],\"mappings\":\"AAAA\"}");
        shop.file("x.js", "new neu;//# sourceMappingURL=x.js.map\n/* The end. */")
                .file("y.js", "//# sourceMappingURL=x.js.map\ny();\n")
                .bundle("x.js", "y.js");
        shop.run();
        assertEquals(List.of("src/main/js/x.ts", "src/main/js/y.js"), shop.map().sources());
        assertEquals(
                "new neu;//  sourceMappingURL=x.js.map\n/* The end. */\n;\n//  sourceMappingURL=x.js.map\ny();\n",
                shop.body());
        assertEquals(0, shop.run().written());
    }

    @Test
    void run_sourceOfAMapChanged_isBuilt() throws Exception {
        shop.file("y.ts", "whY").file("x.js", "new neu;\n;\ny();\n" + data(MAP)).bundle("x.js");
        shop.run();
        assertEquals(0, shop.run().written());
        shop.file("y.ts", "why not");
        assertEquals(1, shop.run().written());
        assertEquals("why not", shop.map().contents().get(1));
    }

    @Test
    void run_mapInSections_leadsThrough() throws Exception {
        String sections = "{\"version\":3,\"sections\":["
                + "{\"offset\":{\"line\":0,\"column\":0},\"map\":{\"version\":3,\"sources\":[\"one\"],\"names\":[],\"mappings\":\"AAAA\"}},"
                + "{\"offset\":{\"line\":0,\"column\":4},\"map\":{\"version\":3,\"sources\":[\"two\"],\"names\":[],\"mappings\":\"AAAA;AACA\"}}]}";
        shop.file("x.js", "a();b();\nc();\n" + data(sections)).bundle("x.js");
        shop.run();
        assertEquals(List.of("src/main/js/one", "src/main/js/two"), shop.map().sources());
        assertEquals(new DecodedMap.Segment(0, 4, 1, 0, 0), shop.map().at(0, 6));
        assertEquals(new DecodedMap.Segment(1, 0, 1, 1, 0), shop.map().at(1, 0));
    }

    @Test
    void run_addressesOfSources_areKept() throws Exception {
        String map =
                "{\"version\":3,\"sourceRoot\":\"webpack:///\",\"sources\":[\"./src/a b.js\"],\"mappings\":\"AAAA\"}";
        shop.file(
                        "x.js",
                        "a();\n//# sourceMappingURL=data:application/json,"
                                + map.replace("\"", "%22").replace(" ", "%20"))
                .bundle("x.js");
        shop.run();
        assertEquals(List.of("webpack:///./src/a b.js"), shop.map().sources());
    }

    @Test
    void run_percentSignsThatEncodeNothing_standForThemselves() throws Exception {
        String map = "{\"version\":3,\"sources\":[\"100%\",\"50%zz.ts\",\"дім%20два.ts\"],\"sourcesContent\":null,"
                + "\"names\":null,\"mappings\":\"AAAA;ACAA;ACAA\"}";
        shop.file("100%", "hundred")
                .file("50%zz.ts", "fifty")
                .file("дім два.ts", "house")
                .file("x.js", "a();\nb();\nc();\n" + data(map))
                .file("y.js", "d();\n//# sourceMappingURL=data:application/json," + map + "%\n")
                .file("z.js", "e();\n//# sourceMappingURL=z%.map\n")
                .bundle("x.js", "y.js", "z.js");
        shop.run();
        assertEquals(List.of("hundred", "fifty", "house"), shop.map().contents().subList(0, 3));
        assertEquals(new DecodedMap.Segment(2, 0, 2, 0, 0), shop.map().at(2, 0));
        assertEquals(List.of(), shop.warnings);
    }

    @Test
    void run_sourcesOfOneNameInSeveralMaps_eachTextIsThereOnce() throws Exception {
        String one = "{\"version\":3,\"sources\":[\"webpack://lib/bootstrap.js\"],\"sourcesContent\":[\"one\"],"
                + "\"names\":[],\"mappings\":\"AAAA\"}";
        shop.file("a.js", "a();\n" + data(one))
                .file("b.js", "b();\n" + data(one.replace("one", "other")))
                .file("c.js", "c();\n" + data(one))
                .file("d.js", "d();\n" + data(one.replace("\"one\"", "null")))
                .file("e.js", "e();\n" + data(one.replace("bootstrap.js", "bootstrap(2).js")))
                .bundle(Spec.of("shop.js", "*.js").minifiedOutput("shop.min.js").typed());
        shop.run();
        for (DecodedMap map : List.of(shop.map(), DecodedMap.parse(shop.read("shop.min.js.map")))) {
            assertEquals(
                    List.of(
                            "webpack://lib/bootstrap.js",
                            "webpack://lib/bootstrap(2).js",
                            "webpack://lib/bootstrap(3).js",
                            "webpack://lib/bootstrap(2)(2).js"),
                    map.sources());
            assertEquals(Arrays.asList("one", "other", null, "one"), map.contents());
        }
        List<String> calls = shop.body().lines().toList();
        List<Integer> sources = List.of(0, 1, 0, 2, 3);
        for (int i = 0; i < sources.size(); i++) {
            int line = calls.indexOf("abcde".charAt(i) + "();");
            assertEquals(sources.get(i), shop.map().at(line, 0).source(), calls.get(line));
        }
    }

    @Test
    void run_sourceRootsAndSourcesThatGoUp_leadToTheirFiles() throws Exception {
        String map =
                "{\"version\":3,\"sourceRoot\":\"ROOT\",\"sources\":[\"SOURCE\"],\"names\":[],\"mappings\":\"AAAA\"}";
        Files.createDirectories(shop.project.resolve("ts/lib"));
        Files.writeString(shop.project.resolve("ts/lib/x.ts"), "whY");
        for (String[] each : new String[][] {
            {"../../../", "ts/lib/x.ts", "ts/lib/x.ts"},
            {"../../..", "ts/lib/x.ts", "ts/lib/x.ts"},
            {"../../../ts/any", "../../ts/./lib//x.ts", "ts/lib/x.ts"},
            {"lib/", "../../../../ts/lib/x.ts", "ts/lib/x.ts"},
            {"./", "../../../../out/x.ts", "../out/x.ts"},
            {"https://a.example/s", "../x.ts", "https://a.example/s/../x.ts"},
            {"", "../../../ts/lib/x.ts", "ts/lib/x.ts"}
        }) {
            shop.file("x.js", "x();\n" + data(map.replace("ROOT", each[0]).replace("SOURCE", each[1])))
                    .noBundles()
                    .bundle("x.js");
            shop.run();
            assertEquals(List.of(each[2]), shop.map().sources(), String.join(" ", each));
            assertEquals(
                    each[2].equals("ts/lib/x.ts") ? "whY" : null,
                    shop.map().contents().get(0),
                    String.join(" ", each));
        }
        assertEquals(List.of(), shop.warnings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{\"version\":2,\"sources\":[],\"mappings\":\"\"}",
                "{\"version\":3,\"sources\":[],\"mappings\":\"AAAA\"}",
                "{\"version\":3,\"sources\":[\"a\"],\"mappings\":\"AA\"}",
                "{\"version\":3,\"sources\":[\"a\"],\"mappings\":\"A*AA\"}",
                "{\"version\":3,\"sources\":[\"a\"],\"mappings\":\"AAAg\"}",
                "{\"version\":3,\"sources\":[\"a\"],\"mappings\":\"AADA\"}",
                "{\"version\":3,\"sources\":[\"a\"],\"mappings\":\"KAAA,DAAA\"}",
                "{\"version\":3,\"sources\":[\"a\"],\"names\":[],\"mappings\":\"AAAAA\"}",
                "{\"version\":3,\"sources\":\"a\",\"mappings\":\"AAAA\"}",
                "{\"version\":3,\"sources\":[\"a\"],\"mappings\":\"ggggggggggggA\"}",
                "{\"version\":3"
            })
    void run_mapThatIsNone_warnsAndStandsForItself(String map) throws Exception {
        shop.file("x.js", "a();\n" + data(map)).bundle("x.js");
        shop.run();
        assertEquals(List.of("src/main/js/x.js"), shop.map().sources());
        assertEquals(new DecodedMap.Segment(0, 1, 0, 0, 1), shop.map().at(0, 1));
        assertEquals(1, shop.warnings.size());
        assertTrue(
                shop.warnings
                        .get(0)
                        .startsWith("the source map of src/main/js/x.js (in its last comment) cannot be used: "),
                shop.warnings.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.js.map", "https://a.example/x.js.map", "/x.js.map", "../../../../../x.map", "lib"})
    void run_mapThatIsElsewhere_isNoMatterForAWarning(String address) throws Exception {
        Files.createDirectories(shop.sources.resolve("lib"));
        shop.file("x.js", "a();\n//# sourceMappingURL=" + address).bundle("x.js");
        shop.run();
        assertEquals(List.of("src/main/js/x.js"), shop.map().sources());
        assertEquals(List.of(), shop.warnings);
        assertEquals(0, shop.run().written());
    }

    @Test
    void run_styleSheetWithMap_leadsThrough() throws Exception {
        String map = "{\"version\":3,\"sources\":[\"a.scss\"],\"names\":[],\"mappings\":\"AAGA,MACE\"}";
        shop.file("a.css", "a { b: c }\n/*# sourceMappingURL=a.css.map */").file("a.css.map", map);
        shop.bundle(Spec.of("shop.css", "a.css").typed());
        shop.run();
        assertEquals("a { b: c }\n/*# sourceMappingURL=shop.css.map */\n", shop.read("shop.css"));
        DecodedMap decoded = DecodedMap.parse(shop.read("shop.css.map"));
        assertEquals(List.of("src/main/js/a.scss"), decoded.sources());
        assertEquals(3, decoded.at(0, 0).sourceLine());
        assertFalse(decoded.at(0, 7).sourceLine() != 4, "in the second part");
    }
}

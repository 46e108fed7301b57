package dev.procession.plugin.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads whose import leads nowhere. */
class WayOutTest {
    @TempDir
    Path directory;

    private PackageFolder folder;

    @BeforeEach
    void folder() throws Exception {
        Larder larder = new Larder(directory);
        String root = "META-INF/resources/webjars/lit/3.3.2/";
        larder.add(
                "org.webjars.npm",
                "lit",
                "3.3.2",
                new Archive()
                        .with(
                                root + "package.json",
                                Archive.json(
                                        "lit",
                                        "3.3.2",
                                        ",\"exports\":{\".\":\"./index.js\",\"./decorators.js\":{\"types\":\"./d.d.ts\"},"
                                                + "\"./hidden.js\":null},\"dependencies\":{\"@lit/reactive-element\":\"^2.1.0\"}"))
                        .with(root + "index.js", "lit\n"));
        larder.add(
                "org.webjars.npm",
                "lodash",
                "4.17.21",
                Archive.webJar("lodash", "4.17.21", "lodash")
                        .with("META-INF/resources/webjars/lodash/4.17.21/fp/curry.js", "curry\n"));
        larder.add(
                "org.webjars.npm",
                "sugar",
                "1.0.0",
                new Archive()
                        .with(
                                "META-INF/resources/webjars/sugar/1.0.0/package.json",
                                Archive.json("sugar", "1.0.0", ",\"exports\":\"./sugar.js\"")));
        folder = larder.make();
    }

    private String advice(String importName) {
        return folder.missing(importName).advice().replace(System.lineSeparator(), "\n");
    }

    @Test
    void missing_packageThatIsNotThere_isTwoDependenciesToChooseFrom() {
        assertEquals(
                "no dependency of the project or of the plugin has the npm package preact\n"
                        + "add it to the project's dependencies, from mvnpm or as a WebJar:\n"
                        + "  <dependency><groupId>org.mvnpm</groupId><artifactId>preact</artifactId>"
                        + "<version>VERSION</version></dependency>\n"
                        + "  <dependency><groupId>org.webjars.npm</groupId><artifactId>preact</artifactId>"
                        + "<version>VERSION</version></dependency>",
                advice("preact/hooks"));
        assertEquals("preact", folder.missing("preact/hooks").packageName());
    }

    @Test
    void missing_scopedPackageThatAnotherNeeds_hasItsSpellingsAndAVersion() {
        String advice = advice("@lit/reactive-element/decorators.js");
        assertTrue(advice.contains("(lit 3.3.2 asks for ^2.1.0)"), advice);
        assertTrue(
                advice.contains("<groupId>org.mvnpm.at.lit</groupId><artifactId>reactive-element</artifactId>"
                        + "<version>2.1.0</version>"),
                advice);
        assertTrue(
                advice.contains("<groupId>org.webjars.npm</groupId><artifactId>lit__reactive-element</artifactId>"
                        + "<version>2.1.0</version>"),
                advice);
    }

    @Test
    void missing_slipOfTheKeyboard_isTheNameThatIsThere() {
        assertTrue(
                advice("lodahs")
                        .startsWith(
                                "no dependency of the project or of the plugin has the npm package lodahs; did you mean lodash?"));
    }

    @Test
    void missing_subpathThatIsNotExported_isTheOnesThatAre() {
        assertEquals(
                "lit 3.3.2 (org.webjars.npm:lit:3.3.2) is there, but exports no \"./decorators\"; did you mean"
                        + " lit/decorators.js?\nit exports lit, lit/decorators.js",
                advice("lit/decorators"));
        assertEquals(
                "lit 3.3.2 (org.webjars.npm:lit:3.3.2) is there, but exports no \"./x\"\n"
                        + "it exports lit, lit/decorators.js",
                advice("lit/x"));
        assertTrue(advice("sugar/x").endsWith("it exports sugar"), advice("sugar/x"));
    }

    @Test
    void missing_fileOfAPackageThatRestrictsNothing_isTheNearest() {
        assertEquals(
                "lodash 4.17.21 (org.webjars.npm:lodash:4.17.21) is there, but has no file \"curry.js\"; did you mean"
                        + " lodash/fp/curry.js?",
                advice("lodash/curry.js"));
    }

    @Test
    void missing_exportForOtherConditions_isSaidSo() {
        assertTrue(advice("lit/decorators.js").contains("for other conditions than those of this bundle"));
    }

    @Test
    void missing_partOfNode_isSaidSo() {
        assertTrue(advice("fs").startsWith("fs is a part of Node, and a browser has none"));
        assertTrue(advice("node:path").startsWith("node:path is a part of Node"));
        assertTrue(advice("fs/promises").startsWith("fs/promises is a part of Node"));
    }

    @Test
    void missing_whatIsNoPackage_isNotTakenForOne() {
        assertEquals("", advice("./x.js"));
        assertEquals("", advice("/x.js"));
        assertEquals("", advice("#internal"));
        assertTrue(advice("@/components/x").contains("alias"));
        assertEquals("", folder.missing("@/components/x").packageName());
        assertTrue(advice("~/components/x").contains("alias"));
        assertEquals("the ~ before a package means something to webpack alone; write lit/x.css", advice("~lit/x.css"));
    }
}

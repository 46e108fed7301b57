package dev.procession.plugin.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which version of a package who gets, and what the user is told. */
class LayoutTest {
    @TempDir
    Path directory;

    private Larder larder;

    @BeforeEach
    void larder() {
        larder = new Larder(directory);
    }

    private void add(String groupId, String name, String version, String... needs) throws IOException {
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < needs.length; i += 2) {
            more.append(more.length() == 0 ? "" : ",")
                    .append('"')
                    .append(needs[i])
                    .append("\":\"")
                    .append(needs[i + 1])
                    .append('"');
        }
        String root = "META-INF/resources/webjars/" + name + "/" + version + "/";
        larder.add(
                groupId,
                name,
                version,
                new Archive()
                        .with(root + "package.json", Archive.json(name, version, ",\"dependencies\":{" + more + "}"))
                        .with(root + "index.js", name + " " + version));
    }

    @Test
    void of_packageTwice_theFirstWinsWithAWarning() throws Exception {
        add("org.webjars.npm", "lit", "3.3.2");
        add("org.mvnpm", "lit", "2.8.0");
        assertEquals(List.of("lit 3.3.2"), Larder.names(larder.make()));
        assertEquals(
                List.of("the npm package lit is there twice: 3.3.2 (org.webjars.npm:lit:3.3.2) is used, since it comes"
                        + " first, and 2.8.0 (org.mvnpm:lit:2.8.0) is not; exclude one of them"),
                larder.warnings);
        larder.make();
        assertEquals(1, larder.warnings.size(), "it is said in every build");
    }

    @Test
    void of_packageTwiceInOneVersion_isNoMatter() throws Exception {
        add("org.webjars.npm", "lit", "3.3.2");
        add("org.mvnpm", "lit", "3.3.2");
        assertEquals(List.of("lit 3.3.2"), Larder.names(larder.make()));
        assertEquals(
                "org.webjars.npm:lit:3.3.2", larder.make().packages().get(0).coordinates());
        assertEquals(List.of(), larder.warnings);
    }

    @Test
    void of_userWhoseRangeOnlyTheOtherVersionIsIn_getsThatForItself() throws Exception {
        add("org.webjars.npm", "app", "1.0.0", "old", "^1.0.0", "base", "^2.0.0");
        add("org.webjars.npm", "base", "2.1.0");
        add("org.webjars.npm", "old", "1.0.0", "base", "^1.2.0");
        add("org.mvnpm", "base", "1.9.0");
        assertEquals(List.of("app 1.0.0", "base 2.1.0", "old 1.0.0", "base 1.9.0"), Larder.names(larder.make()));
        assertEquals("base 2.1.0", larder.text("base/index.js"));
        assertEquals("base 1.9.0", larder.text("old/node_modules/base/index.js"));
        assertEquals(1, larder.warnings.size());
        assertTrue(
                larder.warnings
                        .get(0)
                        .endsWith("1.9.0 (org.mvnpm:base:1.9.0) is used only by old; exclude one of them"),
                larder.warnings.toString());
    }

    @Test
    void of_circleOfNestedVersions_ends() throws Exception {
        add("org.webjars.npm", "a", "1.0.0", "b", "^1.0.0");
        add("org.webjars.npm", "b", "1.0.0", "a", "^2.0.0");
        add("org.mvnpm", "a", "2.0.0", "b", "^2.0.0");
        add("org.mvnpm", "b", "2.0.0", "a", "^1.0.0");
        List<String> names = Larder.names(larder.make());
        assertTrue(names.containsAll(List.of("a 1.0.0", "b 1.0.0", "a 2.0.0", "b 2.0.0")), names.toString());
        assertEquals("a 2.0.0", larder.text("b/node_modules/a/index.js"));
        assertEquals("b 2.0.0", larder.text("b/node_modules/a/node_modules/b/index.js"));
    }

    @Test
    void of_rangeThatNobodyIsIn_isTold() throws Exception {
        add("org.webjars.npm", "lit", "3.3.2", "lit-html", "^3.3.0", "@types/x", "^9.0.0", "absent", "^1.0.0");
        add("org.webjars.npm", "lit-html", "2.8.0");
        larder.make();
        assertEquals(
                List.of("lit 3.3.2 (org.webjars.npm:lit:3.3.2) asks for lit-html ^3.3.0, and gets 2.8.0"
                        + " (org.webjars.npm:lit-html:2.8.0); state the version in <dependencyManagement>, or if the"
                        + " plugin's <dependencies> bring the package, among those"),
                larder.warnings);
    }

    @Test
    void of_rangeThatSeveralAskForInVain_isToldOnce() throws Exception {
        for (String part : List.of("sfc", "dom", "core", "ssr", "vue")) {
            add(
                    "org.webjars.npm",
                    part,
                    "3.5.13",
                    "shared",
                    "3.5.13",
                    "parser",
                    part.equals("dom") ? "^6.0.0" : "^7.0.0");
        }
        add("org.webjars.npm", "shared", "3.2.0");
        add("org.webjars.npm", "parser", "8.0.0");
        larder.make();
        String place =
                "; state the version in <dependencyManagement>, or if the plugin's <dependencies> bring the package,"
                        + " among those";
        String sfc = "sfc 3.5.13 (org.webjars.npm:sfc:3.5.13) asks for ";
        String parser = ", and gets 8.0.0 (org.webjars.npm:parser:8.0.0)";
        assertEquals(
                Set.of(
                        sfc
                                + "shared 3.5.13, and gets 3.2.0 (org.webjars.npm:shared:3.2.0), as do dom 3.5.13, core 3.5.13"
                                + " and 2 more" + place,
                        sfc + "parser ^7.0.0" + parser + ", as do core 3.5.13, ssr 3.5.13 and 1 more" + place,
                        "dom 3.5.13 (org.webjars.npm:dom:3.5.13) asks for parser ^6.0.0" + parser + place),
                Set.copyOf(larder.warnings));
        assertEquals(3, larder.warnings.size());
    }

    @Test
    void of_rangesOfAllKinds_areUnderstood() {
        for (String range : List.of(
                "^1.2.0",
                "~1.2.3",
                "1.x",
                "1",
                "*",
                "",
                ">=1.0.0 <2",
                "1.0.0 - 1.5.0",
                "^0.1.0 || ^1.0.0",
                "latest",
                "npm:other@^9",
                "git+https://example.com/x.git",
                "workspace:*",
                "github:a/b")) {
            assertTrue(Ranges.satisfies("1.2.3", range), range);
        }
        for (String range : List.of("^2.0.0", "~1.3.0", "<1", ">1.2.3", "0.x", "^0.2.3")) {
            assertFalse(Ranges.satisfies("1.2.3", range), range);
        }
        assertTrue(Ranges.satisfies("not a version", "^1.0.0"));
    }

    @Test
    void of_declaredRange_isWarnedOf() throws Exception {
        add("org.webjars.npm", "lit", "3.3.2");
        PackageSource lit = larder.sources.remove(0);
        larder.add(new PackageSource(lit.file(), lit.groupId(), lit.artifactId(), lit.version(), Optional.of("[3,4)")));
        larder.make();
        assertEquals(1, larder.warnings.size());
        assertTrue(
                larder.warnings
                        .get(0)
                        .startsWith("org.webjars.npm:lit:3.3.2: its version is asked for as the range [3,4), so what is"
                                + " bundled may change from one day to the next; write <version>3.3.2</version>"),
                larder.warnings.toString());
    }

    @Test
    void of_declaredSingleVersionInBrackets_isNoRange() throws Exception {
        add("org.webjars.npm", "lit", "3.3.2");
        PackageSource lit = larder.sources.remove(0);
        larder.add(
                new PackageSource(lit.file(), lit.groupId(), lit.artifactId(), lit.version(), Optional.of("[3.3.2]")));
        larder.make();
        assertEquals(List.of(), larder.warnings);
    }

    @Test
    void of_rangesInThePomsOfPackers_areOneWarningUntilTheProjectSettlesThem() throws Exception {
        String pom = """
                <project><properties><org.mvnpm-b.version>[1.0.0,2)</org.mvnpm-b.version></properties><dependencies>
                  <dependency>
                    <groupId>org.webjars.npm</groupId>
                    <artifactId>a</artifactId>
                    <version>[1.0.0,2.0.0-0)</version>
                  </dependency>
                  <dependency><groupId>org.mvnpm</groupId><artifactId>b</artifactId>
                    <version>${org.mvnpm-b.version}</version></dependency>
                  <dependency><groupId>org.mvnpm</groupId><artifactId>c</artifactId><version>1.0.0</version></dependency>
                </dependencies></project>
                """;
        larder.add(
                "org.webjars.npm",
                "all",
                "1.0.0",
                Archive.webJar("all", "1.0.0", "all").with("META-INF/maven/org.webjars.npm/all/pom.xml", pom));
        add("org.webjars.npm", "a", "1.4.0");
        add("org.mvnpm", "b", "1.5.0");
        add("org.mvnpm", "c", "1.0.0");
        larder.make();
        assertEquals(
                List.of("what is bundled may change from one day to the next, since versions are ranges:"
                        + " org.webjars.npm:a:1.4.0 ([1.0.0,2.0.0-0) in the pom of all), org.mvnpm:b:1.5.0"
                        + " ([1.0.0,2) in the pom of all); state them in <dependencyManagement>, or if the"
                        + " plugin's <dependencies> bring the package, among those"),
                larder.warnings);
        for (int i = 1; i <= 2; i++) {
            PackageSource each = larder.sources.get(i);
            larder.sources.set(
                    i,
                    new PackageSource(
                            each.file(),
                            each.groupId(),
                            each.artifactId(),
                            each.version(),
                            Optional.of(each.version())));
        }
        larder.make();
        assertEquals(List.of(), larder.warnings);
    }

    @Test
    void of_moduleOfOnesOwnOfAnotherVersionThanItsPackage_isNoMatterForAWarning() throws Exception {
        larder.add("com.example", "shop-ui", "7", Archive.webJar("shop-ui", "1.0.0", "shop-ui"));
        larder.make();
        assertEquals(List.of(), larder.warnings);
    }

    @Test
    void of_artifactOfAnotherVersionThanItsPackage_isWarnedOf() throws Exception {
        larder.add("org.webjars.npm", "lit", "3.3.2", Archive.webJar("lit", "3.3.1", "lit"));
        larder.make();
        assertEquals(
                List.of("org.webjars.npm:lit:3.3.2: the package in it says that it is lit 3.3.1; the artifact was made"
                        + " wrongly, so look at what is in it or take another version"),
                larder.warnings);
    }

    @Test
    void of_namesThatDifferInCaseOnly_theFirstWins() throws Exception {
        add("org.webjars.npm", "jsonstream", "1.0.3");
        add("org.webjars.npm", "JSONStream", "1.3.5");
        assertEquals(List.of("jsonstream 1.0.3"), Larder.names(larder.make()));
        assertEquals(1, larder.warnings.size());
        assertEquals("jsonstream 1.0.3", larder.text("jsonstream/index.js"));
        assertEquals(List.of("jsonstream/index.js", "jsonstream/package.json"), Larder.tree(larder.modules()));
    }
}

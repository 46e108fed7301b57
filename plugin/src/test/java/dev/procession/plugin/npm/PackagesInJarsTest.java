package dev.procession.plugin.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every layout that real artifacts have. */
class PackagesInJarsTest {
    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final String STATIC = "META-INF/resources/_static/";

    @TempDir
    Path directory;

    private Larder larder;

    @BeforeEach
    void larder() {
        larder = new Larder(directory);
    }

    @Test
    void of_webJarOfNpm_isThePackage() throws Exception {
        larder.add("org.webjars.npm", "lit", "3.3.2", Archive.webJar("lit", "3.3.2", "lit"));
        PackageFolder folder = larder.make();
        assertEquals(Optional.of(larder.modules()), folder.nodeModules());
        NpmPackage lit = folder.packages().get(0);
        assertEquals(
                new NpmPackage(
                        "lit",
                        "3.3.2",
                        "org.webjars.npm:lit:3.3.2",
                        larder.modules().resolve("lit"),
                        "MIT",
                        List.of()),
                lit);
        assertEquals("export default 'lit 3.3.2';\n", larder.text("lit/index.js"));
        assertEquals(List.of(), larder.warnings);
    }

    @Test
    void of_scopedWebJars_inBothSpellings_areScopedPackages() throws Exception {
        larder.add(
                "org.webjars.npm",
                "lit__reactive-element",
                "2.1.2",
                Archive.webJar("lit__reactive-element", "2.1.2", "@lit/reactive-element"));
        larder.add("org.webjars.npm", "vue__shared", "3.5.0", Archive.webJar("@vue/shared", "3.5.0", "@vue/shared"));
        assertEquals(List.of("@lit/reactive-element 2.1.2", "@vue/shared 3.5.0"), Larder.names(larder.make()));
        assertTrue(Files.exists(larder.modules().resolve("@lit/reactive-element/index.js")));
        assertTrue(Files.exists(larder.modules().resolve("@vue/shared/index.js")));
    }

    @Test
    void of_classicWebJarWithoutPackageJson_getsOneWithItsMainFile() throws Exception {
        larder.add(
                "org.webjars",
                "jquery",
                "3.7.1-1",
                new Archive()
                        .with(WEBJARS + "jquery/3.7.1/dist/jquery.js", "jq\n")
                        .with(WEBJARS + "jquery/3.7.1/other.js", "other\n"));
        larder.add(
                "org.webjars.bower",
                "old",
                "1.0.0",
                new Archive()
                        .with(WEBJARS + "old/1.0.0/bower.json", "{\"main\":[\"old.css\",\"lib/old.js\"]}")
                        .with(WEBJARS + "old/1.0.0/lib/old.js", "old\n"));
        larder.add("org.webjars", "css", "2.0", new Archive().with(WEBJARS + "css/2.0/all.css", "a{}\n"));
        assertEquals(List.of("css 2.0", "jquery 3.7.1", "old 1.0.0"), Larder.names(larder.make()));
        assertEquals(
                "{\"name\":\"jquery\",\"version\":\"3.7.1\",\"main\":\"dist/jquery.js\"}\n",
                larder.text("jquery/package.json"));
        assertEquals(
                "{\"name\":\"old\",\"version\":\"1.0.0\",\"main\":\"lib/old.js\"}\n", larder.text("old/package.json"));
        assertEquals("{\"name\":\"css\",\"version\":\"2.0\"}\n", larder.text("css/package.json"));
        assertEquals(List.of(), larder.warnings, "a WebJar that was packed again is no mismatch");
    }

    @Test
    void of_mvnpmJarsOfAllAges_areTheirPackages() throws Exception {
        larder.add("org.mvnpm", "lit", "3.3.3", Archive.mvnpm("lit", "3.3.3", "lit"));
        larder.add(
                "org.mvnpm.at.lit-labs",
                "ssr-dom-shim",
                "1.6.0",
                Archive.mvnpm("at/lit-labs/labs/ssr-dom-shim", "1.6.0", "@lit-labs/ssr-dom-shim"));
        larder.add(
                "org.mvnpm.at.types",
                "trusted-types",
                "2.0.7",
                new Archive()
                        .with(
                                STATIC + "trusted-types/2.0.7/trusted-types/package.json",
                                Archive.json("@types/trusted-types", "2.0.7", "")));
        larder.add(
                "org.mvnpm",
                "js-tokens",
                "4.0.0",
                new Archive()
                        .with(STATIC + "js-tokens/package.json", Archive.json("js-tokens", "4.0.0", ""))
                        .with(STATIC + "js-tokens/index.js", "tokens\n"));
        assertEquals(
                List.of("@lit-labs/ssr-dom-shim 1.6.0", "@types/trusted-types 2.0.7", "js-tokens 4.0.0", "lit 3.3.3"),
                Larder.names(larder.make()));
        assertEquals("tokens\n", larder.text("js-tokens/index.js"));
    }

    @Test
    void of_mvnpmJarOfSeveralPackages_areAllOfThem() throws Exception {
        larder.add(
                "org.mvnpm.at.mvnpm",
                "vaadin-webcomponents",
                "24.6.0",
                new Archive()
                        .with(STATIC + "vaadin/button/package.json", Archive.json("@vaadin/button", "24.6.1", ""))
                        .with(STATIC + "vaadin/button/vaadin-button.js", "button\n")
                        .with(STATIC + "vaadin/grid/package.json", Archive.json("@vaadin/grid", "24.6.2", "")));
        assertEquals(List.of("@vaadin/button 24.6.1", "@vaadin/grid 24.6.2"), Larder.names(larder.make()));
        assertEquals("button\n", larder.text("@vaadin/button/vaadin-button.js"));
        assertEquals(List.of(), larder.warnings);
    }

    @Test
    void of_mvnpmJarWithAnImportMapOnly_getsAPackageJson() throws Exception {
        larder.add(
                "org.mvnpm.at.hotwired",
                "stimulus",
                "3.1.0",
                new Archive()
                        .with(
                                "META-INF/importmap.json",
                                "{\"imports\":{\"@hotwired/stimulus\":\"/_static/stimulus/3.1.0/dist/s.js\","
                                        + "\"@hotwired/stimulus/\":\"/_static/stimulus/3.1.0/\"}}")
                        .with(STATIC + "stimulus/3.1.0/dist/s.js", "stimulus\n"));
        assertEquals(List.of("@hotwired/stimulus 3.1.0"), Larder.names(larder.make()));
        assertEquals(
                "{\"name\":\"@hotwired/stimulus\",\"version\":\"3.1.0\",\"main\":\"dist/s.js\"}\n",
                larder.text("@hotwired/stimulus/package.json"));
    }

    @Test
    void of_typescriptThatMvnpmKeepsApart_liesInThePackage() throws Exception {
        String longName = "resources/_static/lit/3.3.3/" + "deep/".repeat(30) + "long.ts";
        String record = "path=" + longName + "\n";
        byte[] more = new Archive()
                .with("resources/_static/lit/3.3.3/index.d.ts", "export default string;\n")
                .with("resources/_static/lit/3.3.3/index.js", "not this one\n")
                .with("PaxHeader", 'x', (record.length() + 4) + " " + record)
                .with("short.ts", "long\n")
                .with("elsewhere.ts", "nobody's\n")
                .tgz();
        larder.add(
                "org.mvnpm",
                "lit",
                "3.3.3",
                Archive.mvnpm("lit", "3.3.3", "lit").with("META-INF/.more.tgz", more));
        larder.make();
        assertEquals("export default string;\n", larder.text("lit/index.d.ts"));
        assertEquals("export default 'lit 3.3.3';\n", larder.text("lit/index.js"));
        assertEquals("long\n", larder.text("lit/" + "deep/".repeat(30) + "long.ts"));
        assertEquals(4, Larder.tree(larder.modules().resolve("lit")).size());
    }

    @Test
    void of_packageJsonBelowAPackage_isAPartOfIt() throws Exception {
        larder.add(
                "org.webjars.npm",
                "rxjs",
                "7.8.2",
                Archive.webJar("rxjs", "7.8.2", "rxjs")
                        .with(WEBJARS + "rxjs/7.8.2/ajax/package.json", "{\"name\":\"rxjs/ajax\"}")
                        .with(
                                WEBJARS + "rxjs/7.8.2/node_modules/tslib/package.json",
                                Archive.json("tslib", "1.0.0", "")));
        assertEquals(List.of("rxjs 7.8.2"), Larder.names(larder.make()));
        assertTrue(Files.exists(larder.modules().resolve("rxjs/node_modules/tslib/package.json")));
        assertFalse(Files.exists(larder.modules().resolve("tslib")));
    }

    @Test
    void of_classesOfAModuleOfTheSameBuild_areReadAndSeenToChange() throws Exception {
        Path classes = directory.resolve("widgets/target/classes");
        Archive.webJar("widgets", "1.0", "widgets").directory(classes);
        larder.add(new PackageSource(classes, "com.example", "widgets", "1.0", Optional.empty()));
        PackageFolder before = larder.make();
        assertEquals(List.of("widgets 1.0"), Larder.names(before));

        Files.writeString(classes.resolve(WEBJARS + "widgets/1.0/index.js"), "changed\n");
        PackageFolder after = larder.make();
        assertEquals("changed\n", larder.text("widgets/index.js"));
        assertFalse(before.fingerprint().equals(after.fingerprint()));
    }

    @Test
    void of_sourcesWithoutPackages_isNoFolder() throws Exception {
        larder.add("com.example", "plain", "1", new Archive().with("com/example/Main.class", "bytes"));
        larder.add(new PackageSource(directory.resolve("none/target/classes"), "g", "none", "1", Optional.empty()));
        larder.add(new PackageSource(
                Files.createDirectories(directory.resolve("empty/target/classes")),
                "g",
                "empty",
                "1",
                Optional.empty()));
        PackageFolder folder = larder.make();
        assertEquals(Optional.empty(), folder.nodeModules());
        assertEquals(List.of(), folder.packages());
        assertFalse(Files.exists(larder.project), "a project without packages gets no folder");
    }

    @Test
    void of_licences_areTold() throws Exception {
        String root = WEBJARS + "x/1.0.0/";
        larder.add(
                "org.webjars.npm",
                "x",
                "1.0.0",
                new Archive()
                        .with(
                                root + "package.json",
                                "{\"name\":\"x\",\"version\":\"1.0.0\",\"licenses\":[{\"type\":\"MIT\"},{\"type\":\"ISC\"}]}")
                        .with(root + "LICENSE-MIT", "mit\n")
                        .with(root + "NOTICE", "notice\n")
                        .with(root + "licence.txt", "isc\n")
                        .with(root + "license.js", "code\n")
                        .with(root + "sub/LICENSE", "of a part\n"));
        NpmPackage x = larder.make().packages().get(0);
        assertEquals("MIT OR ISC", x.licence());
        assertEquals(
                List.of("LICENSE-MIT", "NOTICE", "licence.txt"),
                x.licenceFiles().stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
        assertEquals("mit\n", Files.readString(x.licenceFiles().get(0)));
    }

    @Test
    void of_namesThatAreNotAscii_areKept() throws IOException, InterruptedException {
        larder.add(
                "org.webjars.npm",
                "x",
                "1.0.0",
                Archive.webJar("x", "1.0.0", "x").with(WEBJARS + "x/1.0.0/слова/мова %20.js", "uk\n"));
        larder.make();
        assertEquals("uk\n", larder.text("x/слова/мова %20.js"));
    }

    @Test
    void of_packageBesideTheSources_winsAndThisIsTold() throws Exception {
        larder.add("org.webjars.npm", "lit", "3.3.2", Archive.webJar("lit", "3.3.2", "lit"));
        Path own = Files.createDirectories(larder.project.resolve("node_modules/lit"));
        larder.make();
        assertTrue(larder.details.contains(own + " wins over org.webjars.npm:lit:3.3.2"), larder.details.toString());
        assertEquals(List.of(), Larder.tree(larder.project.resolve("node_modules")));
    }
}

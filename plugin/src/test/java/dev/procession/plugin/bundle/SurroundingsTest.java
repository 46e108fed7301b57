package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.process.ChildProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What surrounds bundles, made as a build makes it: with children for Brotli, and with the real engine for modules. */
class SurroundingsTest {
    private static final String TEXT = "console.log('the same again and again');\n".repeat(50);

    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(directory);
        shop.file("a.js", TEXT).file("b.js", "b();\n");
    }

    private List<String> written() throws Exception {
        try (Stream<Path> files = Files.walk(shop.target.resolve("classes/web"))) {
            List<String> names = new ArrayList<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> names.add(shop.web("").relativize(file).toString()));
            names.sort(null);
            return names;
        }
    }

    private JsonObject manifest() throws Exception {
        return JsonParser.parseString(shop.read("manifest.json")).getAsJsonObject();
    }

    private String sizes(String bundle) throws Exception {
        return Files.readString(shop.target.resolve("procession/bundle-js/default/" + bundle + ".sizes.json"));
    }

    @Test
    void run_compressed_holdsTheSameBytesAndIsMadeAgain() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js").compress("gzip", "brotli").typed());
        shop.run();
        assertEquals(List.of("shop.js", "shop.js.br", "shop.js.gz", "shop.js.map"), written());
        byte[] plain = Files.readAllBytes(shop.output());
        byte[] gzip = Files.readAllBytes(shop.web("shop.js.gz"));
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            assertArrayEquals(plain, in.readAllBytes());
        }
        // No time, no name; the same on every machine.
        assertArrayEquals(new byte[] {31, -117, 8, 0, 0, 0, 0, 0}, java.util.Arrays.copyOf(gzip, 8));
        Brotli4jLoader.ensureAvailability();
        try (InputStream in = new BrotliInputStream(Files.newInputStream(shop.web("shop.js.br")))) {
            assertArrayEquals(plain, in.readAllBytes());
        }
        assertEquals(0, shop.run().written());
        for (String name : List.of("shop.js.gz", "shop.js.br")) {
            Files.delete(shop.web(name));
            assertEquals(1, shop.run().written());
            assertTrue(Files.exists(shop.web(name)));
        }
        shop.noBundles()
                .bundle(Spec.of("shop.js", "*.js")
                        .compress("gzip")
                        .endings("js")
                        .typed());
        shop.run();
        assertEquals(List.of("shop.js", "shop.js.gz", "shop.js.map"), written());
    }

    private static boolean isUp(ChildProcess child) {
        try {
            return child.pid() > 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Test
    void run_compressingChildKilled_anotherOneDoesIt() throws Exception {
        StringBuilder text = new StringBuilder();
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 60_000; i++) {
            text.append("f").append(random.nextInt(5000)).append("();\n");
        }
        shop.file("a.js", text.toString());
        shop.bundle(Spec.of("shop.js", "a.js").compress("brotli").withoutMap().typed());
        // Asked of the library, which knows it before it boots: who looks for it in the system may come when all is
        // done.
        java.util.concurrent.CompletableFuture<Long> killed = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            long deadline = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(60);
            while (System.nanoTime() < deadline) {
                for (ChildProcess child : ChildProcess.activeChildren()) {
                    if (child.name().startsWith("compress") && isUp(child)) {
                        child.kill();
                        return child.pid();
                    }
                }
                Thread.onSpinWait();
            }
            return 0L;
        });
        shop.run();
        long pid = killed.get(60, java.util.concurrent.TimeUnit.SECONDS);
        assertTrue(pid != 0, "no child was met");
        assertTrue(
                shop.warnings.stream().anyMatch(line -> line.contains("(pid " + pid + ") died, killed by signal 9")),
                shop.warnings.toString());
        Brotli4jLoader.ensureAvailability();
        try (InputStream in = new BrotliInputStream(Files.newInputStream(shop.web("shop.js.br")))) {
            assertArrayEquals(Files.readAllBytes(shop.output()), in.readAllBytes());
        }
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void run_compressedIsNoSmaller_isNotThereAndTheStaleOneGoes() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js")
                .compress("gzip", "brotli")
                .withoutMap()
                .typed());
        shop.run();
        assertEquals(List.of("shop.js", "shop.js.br", "shop.js.gz"), written());
        shop.file("a.js", "a");
        shop.file("b.js", "b");
        shop.run();
        assertEquals(List.of("shop.js"), written());
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void run_hashedName_changesWithTheContentAndTheOldFilesGo() throws Exception {
        shop.bundle(
                Spec.of("js/app.[hash].js", "*.js").name("app").compress("gzip").typed());
        BundleResult first = shop.run();
        String file = first.properties().get("app.file");
        assertTrue(file.matches("js/app\\.[A-Z2-7]{8}\\.js"), file);
        String name = file.substring(3);
        assertEquals(List.of(file, file + ".gz", file + ".map", "manifest.json"), written());
        assertTrue(shop.read(file).endsWith("\n//# sourceMappingURL=" + name + ".map\n"));
        assertEquals(
                name,
                DecodedMap.parse(shop.read(file + ".map")).json().get("file").getAsString());
        BundleResult second = shop.run();
        assertEquals(0, second.written());
        assertEquals(first.properties(), second.properties());
        shop.file("b.js", "bee();\n");
        String changed = shop.run().properties().get("app.file");
        assertTrue(!changed.equals(file), changed);
        assertEquals(List.of(changed, changed + ".gz", changed + ".map", "manifest.json"), written());
        shop.file("b.js", "b();\n");
        assertEquals(file, shop.run().properties().get("app.file"));
        assertEquals(file, manifest().getAsJsonObject("js/app.js").get("file").getAsString());
    }

    @Test
    void run_endsBetweenPublications_whatItPublishedGoesWithTheNextBuild() throws Exception {
        shop.bundle(Spec.of("a.[hash].js", "a.js").typed());
        shop.bundle(Spec.of("b.js", "b.js").compress("gzip").typed());
        shop.file("b.js", TEXT);
        shop.run();
        List<String> whole = written();
        shop.file("a.js", TEXT + "first();\n").file("b.js", TEXT + TEXT);
        Path obstacle = shop.web("b.js.gz");
        Files.delete(obstacle);
        Files.createDirectories(obstacle.resolve("full"));
        String said = assertThrows(IOException.class, shop::run).getMessage();
        assertEquals(
                obstacle
                        + " cannot be written: a directory is in its place; remove it, or choose another name; what was"
                        + " there before is as it was",
                said);
        assertTrue(written().size() > whole.size(), "the first bundle was published: " + written());
        Files.delete(obstacle.resolve("full"));
        Files.delete(obstacle);
        shop.file("a.js", TEXT + "second();\n");
        shop.run();
        assertEquals(whole.size(), written().size(), written()::toString);
        assertTrue(
                written()
                        .contains(manifest().getAsJsonObject("a.js").get("file").getAsString()),
                written()::toString);
        assertEquals(0, shop.run().written());
    }

    @Test
    void run_fileWhereADirectoryHasToBe_isNamed() throws Exception {
        Files.createDirectories(shop.web(""));
        Files.writeString(shop.web("js"), "somebody's");
        shop.bundle(Spec.of("js/shop.js", "a.js").typed());
        String said = assertThrows(IOException.class, shop::run).getMessage();
        assertTrue(
                said.contains(" cannot be written: " + shop.web("js")
                        + " is no directory, and one has to be there; remove it; what was there before is as it was"),
                said);
        assertEquals("somebody's", Files.readString(shop.web("js")));
    }

    @Test
    void run_hashedOutputBesideTheSources_isNoInputOfTheNextRun() throws Exception {
        Files.createDirectories(shop.web(""));
        Files.writeString(shop.web("x.js"), "x();\n");
        shop.bundle(Spec.of("app.[hash].js", "*.js")
                .in("target/classes/web")
                .withoutMap()
                .typed());
        shop.run();
        assertEquals(0, shop.run().written());
        assertEquals(3, written().size(), written().toString());
    }

    @Test
    void run_integrity_isThatOfTheBytes() throws Exception {
        shop.manifest = "assets.json";
        shop.bundle(Spec.of("shop.js", "*.js").typed());
        Map<String, String> properties = shop.run().properties();
        String expected = "sha384-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-384").digest(Files.readAllBytes(shop.output())));
        assertEquals(expected, properties.get("shop.js.integrity"));
        assertEquals("shop.js", properties.get("shop.js.file"));
        assertEquals(Long.toString(Files.size(shop.output())), properties.get("shop.js.bytes"));
        JsonObject entry = JsonParser.parseString(shop.read("assets.json"))
                .getAsJsonObject()
                .getAsJsonObject("shop.js");
        assertEquals(expected, entry.get("integrity").getAsString());
        assertTrue(entry.get("isEntry").getAsBoolean());
    }

    @Test
    void run_integrity_isMadeWhenAskedForOrForAManifest() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js").sizeReport().typed());
        assertNull(shop.run().properties().get("shop.js.integrity"));
        assertFalse(sizes("shop.js").contains("integrity"));

        shop.noBundles()
                .bundle(Spec.of("shop.js", "*.js").sizeReport().integrity(true).typed());
        BundleResult asked = shop.run();
        assertEquals(1, asked.written(), "another setting, another bundle");
        String hash = asked.properties().get("shop.js.integrity");
        assertTrue(hash != null && hash.startsWith("sha384-"), String.valueOf(hash));
        assertTrue(sizes("shop.js").contains(hash));

        shop.noBundles();
        shop.manifest = "manifest.json";
        shop.bundle(Spec.of("shop.js", "*.js").integrity(false).typed());
        assertNull(shop.run().properties().get("shop.js.integrity"));
        assertFalse(manifest().getAsJsonObject("shop.js").has("integrity"));
    }

    @Test
    void run_manifest_isTheSumOfBundlesAndExecutionsAndGoesWithThem() throws Exception {
        shop.manifest = "manifest.json";
        shop.bundle(Spec.of("a.js", "a.js").typed())
                .bundle(Spec.of("b.js", "b.js").typed());
        shop.run();
        assertEquals(List.of("a.js", "b.js"), List.copyOf(manifest().keySet()));
        shop.execution = "other";
        shop.noBundles().bundle(Spec.of("c.js", "b.js").typed());
        shop.run();
        assertEquals(List.of("a.js", "b.js", "c.js"), List.copyOf(manifest().keySet()));
        Files.delete(shop.web("manifest.json"));
        assertEquals(0, shop.run().written());
        assertEquals(List.of("a.js", "b.js", "c.js"), List.copyOf(manifest().keySet()));
        shop.execution = "default";
        shop.noBundles().bundle(Spec.of("b.js", "b.js").typed());
        shop.run();
        assertEquals(List.of("b.js", "c.js"), List.copyOf(manifest().keySet()));
        shop.manifest = "none";
        shop.run();
        assertEquals(List.of("c.js"), List.copyOf(manifest().keySet()));
        shop.execution = "other";
        shop.noBundles().bundle(Spec.of("c.js", "b.js").typed());
        shop.run();
        assertTrue(Files.notExists(shop.web("manifest.json")));
    }

    @Test
    void run_manifestOutsideOrTaken_isRefused() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js").typed());
        shop.manifest = "../manifest.json";
        assertTrue(shop.fail().getMessage().contains("<manifest>../manifest.json</manifest>: leads out of"));
        shop.manifest = "shop.js";
        String text = shop.fail().getMessage();
        assertTrue(text.contains("<manifest> would be ") && text.contains("which bundle shop.js"), text);
    }

    @Test
    void run_budgetsExceeded_namesAllOfThemAndPublishesNothing() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js").budgets("100kB", "10kB", "10kB").typed());
        shop.run();
        String before = shop.script();
        shop.file("b.js", "b('more');\n");
        shop.noBundles()
                .bundle(Spec.of("shop.js", "*.js")
                        .budgets("2 kB", "0.05kB", "10")
                        .typed());
        String text = shop.fail().getMessage();
        assertTrue(
                text.contains("<raw>2 kB</raw> of bundle shop.js: the bundle has 2.1 kB (2,094 bytes), 94 more than the"
                        + " budget. Largest in it: src/main/js/a.js (2.1 kB), src/main/js/b.js (11 B); make it smaller,"
                        + " or raise the budget"),
                text);
        assertTrue(text.contains("<gzip>0.05kB</gzip> of bundle shop.js: the bundle has"), text);
        assertTrue(text.contains("<brotli>10</brotli> of bundle shop.js: the bundle has"), text);
        assertEquals(before, shop.script());
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void run_fileThatGzipWouldMakeLarger_isToldAsItIsEverywhere() throws Exception {
        shop.file("a.ts", "console.log(FLAGS.x);\ndeclare const FLAGS: any;\n")
                .modules(
                        "a.js",
                        Map.of(
                                ModuleSetting.DEFINE,
                                List.of("FLAGS={\"x\": 1}"),
                                ModuleSetting.MINIFY,
                                List.of("true")),
                        "a.ts");
        BundleResult result = shop.run();
        long bytes = Files.size(shop.web("a.js"));
        assertTrue(bytes < 100, "gzip has a head of 18 bytes and more");
        assertEquals(OptionalLong.of(bytes), result.sizes().gzipBytes());
        assertEquals(Long.toString(bytes), result.properties().get("a.js.gzipBytes"));
        String report = Files.readString(shop.target.resolve("procession/bundle-js/default/a.js.sizes.json"));
        assertTrue(report.contains("\"gzip\": " + bytes) || report.contains("\"gzip\":" + bytes), report);
        // The value of the definition is no file.
        assertEquals(1, result.files(), result.summary());
        assertEquals(Files.size(shop.sources.resolve("a.ts")), result.bytes());
    }

    @Test
    void run_budgetThatIsNone_isRefused() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js").budgets("much", "-1", "1 TB").typed());
        String text = shop.fail().getMessage();
        assertTrue(text.contains("<raw>much</raw> of bundle shop.js: in <budgets> is no number of bytes"), text);
        assertTrue(text.contains("<gzip>-1</gzip>"), text);
        assertTrue(text.contains("<brotli>1 TB</brotli>"), text);
    }

    @Test
    void run_unknownFormat_isRefused() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js").compress("zip").endings("*.js").typed());
        String text = shop.fail().getMessage();
        assertTrue(text.contains("<compress>zip</compress> of bundle shop.js: is no format that is known here"), text);
        assertTrue(text.contains("<compressEndings>*.js</compressEndings>"), text);
    }

    @Test
    void run_sizeReport_isForProgramsAndForPeople() throws Exception {
        shop.file("</script><b>.js", "x();\n");
        shop.bundle(Spec.of("shop.js", "**/*.js").name("my shop").sizeReport().typed());
        BundleResult result = shop.run();
        assertTrue(
                result.summary()
                        .matches("bundled 3 files \\(2.1 kB\\) into 1 bundle \\(2.1 kB, [0-9]+ B gzip\\) in .*"),
                result.summary());
        Path reports = shop.target.resolve("procession/bundle-js/default");
        String text = Files.readString(reports.resolve("my%20shop.sizes.json"));
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        assertEquals("my shop", json.get("bundle").getAsString());
        JsonObject file = json.getAsJsonArray("files").get(0).getAsJsonObject();
        assertEquals(Files.size(shop.output()), file.get("bytes").getAsLong());
        assertEquals(3, file.getAsJsonArray("parts").size());
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            Files.copy(shop.output(), out);
        }
        assertEquals(zipped.size(), file.get("gzip").getAsInt(), "as servers compress it");
        String page = Files.readString(reports.resolve("my%20shop.sizes.html"));
        String begin = "<script type=\"application/json\" id=\"sizes\">";
        int from = page.indexOf(begin) + begin.length();
        assertEquals(text, page.substring(from, page.indexOf("</script>", from)));
        assertTrue(!page.contains("</script><b>"), "names cannot end the script element");
        assertEquals(0, shop.run().written());
        Files.delete(reports.resolve("my%20shop.sizes.html"));
        assertEquals(1, shop.run().written());
        shop.noBundles().bundle(Spec.of("shop.js", "**/*.js").name("my shop").typed());
        shop.run();
        assertTrue(Files.notExists(reports.resolve("my%20shop.sizes.json")));
    }

    @Test
    void run_licenseFile_tellsWhoseCodeItIs() throws Exception {
        Files.createDirectories(shop.project.resolve("dep/META-INF/resources/webjars/jquery/3.7.1"));
        Files.writeString(
                shop.project.resolve("dep/META-INF/resources/webjars/jquery/3.7.1/jquery.js"),
                "/*! jQuery (c) OpenJS, MIT */\njQuery();\n");
        shop.dependencies = List.of(shop.project.resolve("dep"));
        shop.file("b.js", "/** @license BSD, by Joe */\nb();\n");
        shop.bundle(Spec.of("shop.js", "webjar:jquery/*.js", "*.js")
                .licenseFile("third-party.txt")
                .compress("gzip")
                .typed());
        shop.run();
        String rule = "-".repeat(80);
        assertEquals(
                "Third-party code in shop.js\n\n" + rule + "\njquery 3.7.1\n\n/*! jQuery (c) OpenJS, MIT */\n\n" + rule
                        + "\nsrc/main/js/b.js\n\n/** @license BSD, by Joe */\n",
                shop.read("third-party.txt"));
        assertTrue(Files.exists(shop.web("third-party.txt.gz")));
    }

    @Test
    void run_licenseFileOfTwoBundles_isRefused() throws Exception {
        shop.bundle(Spec.of("a.js", "a.js").licenseFile("l.txt").typed())
                .bundle(Spec.of("b.js", "b.js").licenseFile("l.txt").typed())
                .bundle(Spec.of("c.js", "b.js").licenseFile("c.js").typed())
                .bundle(Spec.of("d.js", "b.js").licenseFile("../l.txt").typed());
        String text = shop.fail().getMessage();
        assertTrue(text.contains("<licenseFile>../l.txt</licenseFile> of bundle d.js: leads out of"), text);
        shop.noBundles()
                .bundle(Spec.of("a.js", "a.js").licenseFile("l.txt").typed())
                .bundle(Spec.of("b.js", "b.js").licenseFile("l.txt").typed())
                .bundle(Spec.of("c.js", "b.js").licenseFile("c.js").typed());
        text = shop.fail().getMessage();
        assertTrue(text.contains("l.txt is also written by bundle a.js"), text);
        assertTrue(text.contains("c.js is also another file of this bundle"), text);
        assertTrue(Files.notExists(shop.web("a.js")));
    }

    @Test
    void run_modulesInChunks_haveAManifestAsViteWritesIt() throws Exception {
        shop.file(
                        "main.ts",
                        "import './main.css';\nimport { s } from './shared';\nimport('./lazy').then(m => m.go(s));\n")
                .file("main.css", "a { background: url(./dot.svg) }\n")
                .file("dot.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".repeat(9))
                .file("admin.ts", "import { s } from './shared';\nconsole.log('admin', s);\n")
                .file("shared.ts", "export const s = 'shared'.repeat(3);\n")
                .file("lazy.ts", "export function go(s: string) { console.log('lazy', s); }\n");
        shop.modules(
                "js/",
                Map.of(
                        ModuleSetting.SPLITTING, List.of("true"),
                        ModuleSetting.FORMAT, List.of("esm"),
                        ModuleSetting.LOADERS, List.of(".svg=file"),
                        ModuleSetting.ENTRY_NAMES, List.of("[dir]/[name]-[hash]")),
                "main.ts",
                "admin.ts");
        shop.age();
        BundleResult result = shop.run();
        JsonObject manifest = manifest();
        JsonObject main = manifest.getAsJsonObject("src/main/js/main.ts");
        assertTrue(main.get("isEntry").getAsBoolean());
        assertEquals("src/main/js/main.ts", main.get("src").getAsString());
        assertEquals("main", main.get("name").getAsString());
        assertTrue(Files.exists(shop.web(main.get("file").getAsString())));
        assertEquals(1, main.getAsJsonArray("css").size());
        assertTrue(Files.exists(shop.web(main.getAsJsonArray("css").get(0).getAsString())));
        // What its style sheet names, as Vite has it.
        assertEquals(
                manifest.getAsJsonObject("src/main/js/dot.svg").get("file"),
                main.getAsJsonArray("assets").get(0));
        assertEquals(
                "src/main/js/lazy.ts",
                main.getAsJsonArray("dynamicImports").get(0).getAsString());
        assertTrue(manifest.getAsJsonObject("src/main/js/lazy.ts")
                .get("isDynamicEntry")
                .getAsBoolean());
        String shared = main.getAsJsonArray("imports").get(0).getAsString();
        assertTrue(shared.startsWith("_"), shared);
        assertTrue(manifest.has(shared));
        assertEquals(
                "src/main/js/dot.svg",
                manifest.getAsJsonObject("src/main/js/dot.svg").get("src").getAsString());
        assertEquals(main.get("file").getAsString(), result.properties().get("js/.file"));
        assertEquals(main.get("file").getAsString(), result.properties().get("js/.main.file"));
        assertEquals(
                main.getAsJsonArray("css").get(0).getAsString(),
                result.properties().get("js/.main.css.file"));
        assertTrue(result.properties().containsKey("js/.admin.file"));
        assertTrue(result.summary().contains(" gzip)"), result.summary());
        assertTrue(Files.exists(shop.target.resolve("procession/bundle-js/default/js%2F.sizes.html")));
        shop.details.clear();
        assertEquals(0, shop.run().written(), shop.details.toString());
    }

    @Test
    void run_entryIsAlsoImportedByAQuery_theManifestTellsThemApart() throws Exception {
        shop.file("page.js", "import('./b.js?again');\n");
        shop.manifest = "manifest.json";
        shop.modules("js/", Map.of(ModuleSetting.SPLITTING, List.of("true")), "page.js", "b.js");
        shop.run();
        JsonObject manifest = manifest();
        assertEquals(
                "js/b.js",
                manifest.getAsJsonObject("src/main/js/b.js").get("file").getAsString());
        JsonObject chunk = manifest.getAsJsonObject("src/main/js/b.js?again");
        assertTrue(chunk.get("isDynamicEntry").getAsBoolean(), chunk.toString());
        assertFalse(chunk.has("isEntry"), chunk.toString());
    }

    @Test
    void run_partsOfAPictureAreNamed_theManifestHasThePicture() throws Exception {
        shop.file("page.css", "a { background: url(dot.svg#a) } b { background: url(dot.svg?v=2#b) }\n")
                .file("half.css", "i { background: url('a#b.svg') }\n")
                .file("dot.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
                .file("a#b.svg", "<svg xmlns='http://www.w3.org/2000/svg'></svg>");
        shop.manifest = "manifest.json";
        shop.modules("css/", Map.of(ModuleSetting.LOADERS, List.of(".svg=file")), "page.css", "half.css");
        shop.run();
        JsonObject manifest = manifest();
        assertEquals(
                Set.of("src/main/js/page.css", "src/main/js/half.css", "src/main/js/dot.svg", "src/main/js/a#b.svg"),
                manifest.keySet());
        Map.of("page.css", "dot.svg", "half.css", "a#b.svg").forEach((style, picture) -> {
            JsonArray assets = manifest.getAsJsonObject("src/main/js/" + style).getAsJsonArray("assets");
            assertEquals(1, assets.size());
            assertEquals(manifest.getAsJsonObject("src/main/js/" + picture).get("file"), assets.get(0));
        });
    }

    @Test
    void run_targetReadOnlyAndNothingChanged_isFine() throws Exception {
        shop.bundle(
                Spec.of("app.[hash].js", "*.js").compress("gzip").sizeReport().typed());
        shop.run();
        // Young files, so that contents are looked at and the record would be renewed; and somebody dead left a draft.
        Path part = shop.target.resolve("procession/staging/999999999-1-1.part");
        Files.writeString(part, "half");
        List<Path> directories = new ArrayList<>();
        try (Stream<Path> files = Files.walk(shop.target)) {
            files.filter(Files::isDirectory).forEach(directories::add);
        }
        for (Path each : directories) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        try {
            org.junit.jupiter.api.Assumptions.assumeFalse(
                    Files.isWritable(shop.target), "the superuser may write everywhere");
            assertEquals(0, shop.run().written());
        } finally {
            for (Path each : directories) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    @Test
    void run_nothingCanBeWrittenAndNothingChanged_isFine() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js").typed());
        shop.run();
        Path staging = shop.target.resolve("procession/staging");
        Files.delete(staging);
        Files.writeString(staging, "no directory, so that even the superuser cannot write");
        assertEquals(0, shop.run().written());
        assertTrue(
                shop.details.stream().anyMatch(line -> line.startsWith("the record is not renewed: ")),
                shop.details.toString());
        shop.file("b.js", "bee();\n");
        org.junit.jupiter.api.Assertions.assertThrows(java.io.IOException.class, shop::run);
    }

    @Test
    void run_twoFormats_byWorkers_areTheSame() throws Exception {
        shop.file("c.js", "x".repeat(5000) + "\n");
        shop.bundle(Spec.of("shop.js", "*.js").compress("gzip").typed());
        shop.run();
        byte[] here = Files.readAllBytes(shop.web("shop.js.gz"));
        Files.delete(shop.web("shop.js.gz"));
        shop.workers = "2";
        shop.run();
        assertArrayEquals(here, Files.readAllBytes(shop.web("shop.js.gz")));
        assertTrue(new String(here, StandardCharsets.ISO_8859_1).length() < 2000);
    }
}

package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.procession.plugin.bundle.request.BundleFailedException;
import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.plugin.bundle.request.ModuleSpec;
import dev.procession.plugin.output.OutputSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that two bundles of one execution write: images and chunks that both import. */
class SharedOutputsTest {
    private static final String LOGO = "<svg>" + "<path d='M0 0h1'/>".repeat(40) + "</svg>\n";
    private static final Map<ModuleSetting, List<String>> NO_HASH =
            Map.of(ModuleSetting.ASSET_NAMES, List.of("[name]"));

    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(directory);
        shop.file("logo.svg", LOGO)
                .file("a.js", "import logo from './logo.svg'; console.log('a', logo);\n")
                .file("b.js", "import logo from './logo.svg'; console.log('b', logo);\n");
    }

    /** A bundle of one entry, with a file beside each that compresses well if it is wanted. */
    private void bundle(String output, Map<ModuleSetting, List<String>> settings, List<String> compress, String entry) {
        shop.modules.add(new ModuleSpec(
                shop.modules.size(),
                null,
                List.of(entry),
                output,
                null,
                false,
                settings,
                new OutputSpec(compress, List.of(), false, null, null, null, null, null)));
    }

    private void bundle(String output, String entry) {
        bundle(output, Map.of(), List.of(), entry);
    }

    /** What was written whose name begins so. */
    private Set<String> written(String prefix) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(shop.web(""))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = shop.web("").relativize(file).toString().replace('\\', '/');
                if (name.startsWith(prefix)) {
                    names.add(name.replaceFirst("-[A-Z0-9]{8}", "-HASH"));
                }
            }
        }
        return names;
    }

    private Path logo() throws IOException {
        try (Stream<Path> files = Files.list(shop.web("assets"))) {
            return files.filter(file -> file.toString().endsWith(".svg"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Builds, with all sources old enough to be believed. */
    private BundleResult build() throws Exception {
        shop.age();
        return shop.run();
    }

    private String fail() throws Exception {
        String message = String.valueOf(shop.fail().getMessage());
        assertEquals(List.of(), shop.staged());
        return message;
    }

    @Test
    void run_sameImageInTwoBundles_isThereOnceUntilTheLastOneGoes() throws Exception {
        bundle("a.js", "a.js");
        bundle("b.js", "b.js");
        assertEquals(2, build().written());
        assertEquals(Set.of("assets/logo-HASH.svg"), written("assets/"));
        assertEquals(List.of(), shop.staged());
        assertEquals(0, shop.run().written());

        shop.noBundles();
        bundle("b.js", "b.js");
        assertEquals(0, shop.run().written());
        assertEquals(Set.of("assets/logo-HASH.svg"), written("assets/"));
        assertEquals(Set.of(), written("a.js"));

        shop.file("b.js", "console.log('b');\n");
        assertEquals(1, build().written());
        assertEquals(Set.of(), written("assets/"));
    }

    @Test
    void run_oneOfTheTwoChanges_leavesTheFileAloneAndTheOtherUpToDate() throws Exception {
        bundle("a.js", "a.js");
        bundle("b.js", "b.js");
        build();
        Files.setLastModifiedTime(logo(), FileTime.from(Instant.now().minusSeconds(60)));
        assertEquals(0, shop.run().written());
        Object before = Files.readAttributes(logo(), "fileKey").toString();
        shop.file("a.js", "import logo from './logo.svg'; console.log('changed', logo);\n");
        assertEquals(1, build().written());
        assertEquals(before, Files.readAttributes(logo(), "fileKey").toString());
        assertEquals(0, shop.run().written());
    }

    @Test
    void run_imageChanges_bothAreMadeAndTheOldOneGoes() throws Exception {
        bundle("a.js", "a.js");
        bundle("b.js", "b.js");
        build();
        Path old = logo();
        shop.file("logo.svg", "<svg/>");
        assertEquals(2, build().written());
        assertFalse(Files.exists(old));
        assertEquals("<svg/>", Files.readString(logo()));
    }

    @Test
    void run_afterABuildThatWasKilledBetweenTwoOwners_isRightAndLeavesNothingOld() throws Exception {
        bundle("a.js", "a.js");
        bundle("b.js", "b.js");
        build();
        Path old = logo();
        Path record = shop.target.resolve("procession/bundle-js/default.txt");
        byte[] recorded = Files.readAllBytes(record);
        String first = shop.read("b.js");
        shop.file("logo.svg", "<svg/>");
        build();
        // As it is when the first bundle and the shared file are there, and the second and the record are not.
        Files.write(record, recorded);
        Files.writeString(shop.web("b.js"), first);
        Files.writeString(old, LOGO);
        assertEquals(2, build().written());
        assertFalse(Files.exists(old));
        assertEquals("<svg/>", Files.readString(logo()));
        assertTrue(shop.read("b.js").contains(String.valueOf(logo().getFileName())), shop.read("b.js"));
        assertEquals(0, shop.run().written());
    }

    @Test
    void run_sharedFileIsDamagedOrMissing_bothAreMadeAgain() throws Exception {
        bundle("a.js", "a.js");
        bundle("b.js", "b.js");
        build();
        Files.delete(logo());
        assertEquals(2, build().written());
        Files.writeString(logo(), LOGO.replace('M', 'm'));
        assertEquals(2, build().written());
        assertEquals(LOGO, Files.readString(logo()));
    }

    @Test
    void run_compressed_isSharedAsWell() throws Exception {
        bundle("a.js", Map.of(), List.of("gzip"), "a.js");
        bundle("b.js", Map.of(), List.of("gzip"), "b.js");
        bundle("c.js", Map.of(), List.of(), "b.js");
        assertEquals(3, build().written());
        assertEquals(Set.of("assets/logo-HASH.svg", "assets/logo-HASH.svg.gz"), written("assets/"));
        assertEquals(0, shop.run().written());
        shop.file("a.js", "console.log('a');\n");
        assertEquals(1, build().written());
        assertEquals(Set.of("assets/logo-HASH.svg", "assets/logo-HASH.svg.gz"), written("assets/"));
        shop.noBundles();
        bundle("c.js", Map.of(), List.of(), "b.js");
        build();
        assertEquals(Set.of("assets/logo-HASH.svg"), written("assets/"));
    }

    @Test
    void run_chunkOfTwoBundles_isSharedWithItsMap() throws Exception {
        shop.file("lazy.js", "console.log('lazy');\n")
                .file("a.js", "import('./lazy.js'); console.log('a');\n")
                .file("b.js", "import('./lazy.js'); console.log('b');\n");
        Map<ModuleSetting, List<String>> splitting = Map.of(ModuleSetting.SPLITTING, List.of("true"));
        bundle("a.js", splitting, List.of("gzip"), "a.js");
        bundle("b.js", splitting, List.of("gzip"), "b.js");
        assertEquals(2, build().written());
        assertEquals(Set.of("chunks/lazy-HASH.js", "chunks/lazy-HASH.js.map"), written("chunks/"));
        assertEquals(0, shop.run().written());
        shop.noBundles();
        bundle("a.js", splitting, List.of("gzip"), "a.js");
        assertEquals(0, shop.run().written());
        assertEquals(Set.of("chunks/lazy-HASH.js", "chunks/lazy-HASH.js.map"), written("chunks/"));
    }

    @Test
    void run_sharedFile_isToldOnce() throws Exception {
        Path modules = Files.createDirectories(shop.project.resolve("node_modules/lib"));
        Files.writeString(modules.resolve("index.js"), "export const lib = 'lib';\n");
        shop.file("c.js", "import { lib } from 'lib'; import logo from './logo.svg'; console.log(lib, logo);\n")
                .file("joined.js", "j();\n")
                .bundle(Spec.of("one.js", "joined.js").typed())
                .bundle(Spec.of("two.js", "joined.js", "a.js").withoutMap().typed());
        bundle("a.js", "a.js");
        bundle("c.js", Map.of(), List.of(), "c.js");
        BundleResult first = build();
        // joined.js, a.js, c.js, logo.svg and the package.
        assertEquals(5, first.files(), first.summary());
        long sources = Files.size(modules.resolve("index.js"));
        for (String name : List.of("joined.js", "a.js", "c.js", "logo.svg")) {
            sources += Files.size(shop.sources.resolve(name));
        }
        assertEquals(sources, first.bytes(), first.summary());
        long written = Files.size(logo());
        for (String name : List.of("one.js", "two.js", "a.js", "c.js")) {
            written += Files.size(shop.web(name));
        }
        assertEquals(written, first.sizes().bytes(), first.summary());
        BundleResult second = shop.run();
        assertEquals(
                List.of(0, 4, 5, sources),
                List.of(second.written(), second.current(), second.files(), second.bytes()),
                second.summary());
        assertEquals(shop.target.resolve("classes/web"), second.place());
    }

    @Test
    void run_sharedFile_isOneMemberOfTheManifest() throws Exception {
        bundle("a-[hash].js", "a.js");
        bundle("b-[hash].js", "b.js");
        build();
        JsonObject manifest = JsonParser.parseString(shop.read("manifest.json")).getAsJsonObject();
        assertEquals(Set.of("src/main/js/a.js", "src/main/js/b.js", "src/main/js/logo.svg"), manifest.keySet());
        assertTrue(manifest.getAsJsonObject("src/main/js/logo.svg").has("integrity"), manifest.toString());
    }

    @Test
    void run_sameNameWithoutHashAndSameBytes_isShared() throws Exception {
        bundle("a.js", NO_HASH, List.of(), "a.js");
        bundle("b.js", NO_HASH, List.of(), "b.js");
        build();
        assertEquals(LOGO, shop.read("logo.svg"));
    }

    @Test
    void run_sameNameWithOtherBytes_isRefusedWithBothBundlesAndTheWaysOut() throws Exception {
        shop.file("other/logo.svg", "<svg>other</svg>")
                .file("b.js", "import l from './other/logo.svg'; console.log(l);\n");
        bundle("a.js", NO_HASH, List.of(), "a.js");
        build();
        bundle("b.js", NO_HASH, List.of(), "b.js");
        // First with the first bundle up to date, then with both to be made.
        String expected = "<output> of bundle b.js leads to " + shop.web("logo.svg")
                + ", which is also written by bundle a.js (number 1) of execution default in module test and holds"
                + " something else there; put [hash] into <assetNames> of both, or give one of them another <assetNames>";
        assertEquals(expected, fail());
        assertEquals(LOGO, shop.read("logo.svg"));
        Files.delete(shop.web("logo.svg"));
        assertEquals(expected, fail());
        assertFalse(Files.exists(shop.web("logo.svg")));
    }

    @Test
    void run_entriesWithOneOutput_areRefusedThoughTheyAreTheSame() throws Exception {
        bundle("js/", "a.js");
        bundle("./js/", "a.js");
        assertTrue(fail().contains("web/js/a.js, which is also written by bundle js/ (number 1)"), fail());
    }

    @Test
    void run_fileOfAnotherExecution_isRefusedAlsoWhenThatOneIsUpToDate() throws Exception {
        bundle("a.js", "a.js");
        build();
        String expected =
                ", which is also written by bundle a.js (number 1) of execution default in module test; give each"
                        + " bundle files of its own, by <output> or <assetNames>, or put both into one execution, whose bundles"
                        + " share what they import";
        for (int i = 0; i < 2; i++) {
            shop.execution = "default";
            shop.noBundles();
            bundle("a.js", "a.js");
            shop.debugs = i > 0;
            assertEquals(0, shop.run().written());
            shop.noBundles();
            bundle("b.js", "b.js");
            shop.execution = "second";
            try {
                shop.runInSameBuild();
                throw new AssertionError("two executions write one file");
            } catch (BundleFailedException e) {
                assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
            }
        }
    }

    @Test
    void run_fileThatAnotherExecutionTookOver_isNotRemoved() throws Exception {
        bundle("a.js", "a.js");
        build();
        shop.noBundles();
        bundle("b.js", "b.js");
        shop.execution = "second";
        build();
        // As long as both write it, that is refused; when the first gives it up, it is the second one's.
        assertEquals(0, shop.run().written());
        shop.noBundles();
        shop.file("a.js", "console.log('a');\n");
        bundle("a.js", "a.js");
        shop.execution = "default";
        assertEquals(1, shop.runInSameBuild().written());
        assertEquals(Set.of("assets/logo-HASH.svg"), written("assets/"));
    }

    @Test
    void run_imageGoesAfterAShortLook_isRemoved() throws Exception {
        bundle("a.js", "a.js");
        bundle("b.js", "b.js");
        build();
        shop.keepLook();
        assertTrue(Files.exists(shop.target.resolve("procession/bundle-js/default.look")));
        assertEquals(0, shop.run().written());
        shop.file("a.js", "console.log('a');\n").file("b.js", "console.log('b');\n");
        assertEquals(2, build().written());
        assertEquals(Set.of(), written("assets/"));
    }
}

package dev.procession.plugin.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A project's node_modules: what is in it, and that it follows the dependencies. */
class ViewTest {
    @TempDir
    Path directory;

    private Larder larder;

    @BeforeEach
    void larder() throws Exception {
        larder = new Larder(directory);
        larder.add("org.webjars.npm", "lit", "3.3.2", Archive.webJar("lit", "3.3.2", "lit"));
        larder.add("org.mvnpm", "three", "0.180.0", Archive.mvnpm("three", "0.180.0", "three"));
        for (PackageSource source : larder.sources) {
            Files.setLastModifiedTime(source.file(), FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    @Test
    void of_nothingChanged_touchesNothing() throws Exception {
        PackageFolder first = larder.make();
        Path record = larder.folder().resolve("record");
        FileTime past = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(record, past);
        // The cache is not even looked at.
        Files.move(larder.cache, directory.resolve("elsewhere"));
        PackageFolder second = larder.make();
        assertEquals(past, Files.getLastModifiedTime(record));
        assertEquals(first.packages(), second.packages());
        assertEquals(first.fingerprint(), second.fingerprint());
        assertFalse(Files.exists(larder.cache));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void of_packages_areLinksToTheFilesOfTheCache() throws Exception {
        larder.make();
        Path inCache = larder.inCache("index.js");
        Path here = larder.text("lit/index.js").equals(Files.readString(inCache))
                ? larder.modules().resolve("lit/index.js")
                : larder.modules().resolve("three/index.js");
        assertTrue(Files.isSameFile(inCache, here));
        assertFalse(Files.isSymbolicLink(here));
    }

    @Test
    void of_dependencyReplacedAddedAndRemoved_changesOnlyThose() throws Exception {
        larder.add("org.webjars.npm", "a__b", "1.0.0", Archive.webJar("a__b", "1.0.0", "@a/b"));
        String before = larder.make().fingerprint();
        Object lit = Files.readAttributes(
                        larder.modules().resolve("lit"), java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
        larder.sources.remove(2);
        larder.sources.remove(1);
        larder.add("org.mvnpm", "three", "0.181.0", Archive.mvnpm("three", "0.181.0", "three"));
        larder.add("org.mvnpm", "rxjs", "7.8.2", Archive.mvnpm("rxjs", "7.8.2", "rxjs"));
        PackageFolder after = larder.make();
        assertEquals(List.of("lit 3.3.2", "rxjs 7.8.2", "three 0.181.0"), Larder.names(after));
        assertEquals("export default 'three 0.181.0';\n", larder.text("three/index.js"));
        assertFalse(Files.exists(larder.modules().resolve("@a/b")));
        assertEquals(
                lit,
                Files.readAttributes(larder.modules().resolve("lit"), java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey(),
                "what did not change was not laid out again");
        assertNotEquals(before, after.fingerprint());
        assertFalse(Files.exists(larder.folder().resolve("staging")));
    }

    @Test
    void of_allDependenciesGone_isEmptyAndSaysSo() throws Exception {
        larder.make();
        larder.sources.clear();
        PackageFolder folder = larder.make();
        assertEquals(Optional.empty(), folder.nodeModules());
        assertEquals(List.of(), Larder.tree(larder.modules()));
    }

    @Test
    void of_packageRemovedByHand_isLaidOutAgain() throws Exception {
        larder.make();
        Folders.delete(larder.modules().resolve("lit"));
        larder.make();
        assertEquals("export default 'lit 3.3.2';\n", larder.text("lit/index.js"));
    }

    @Test
    void of_killedWhileItChanged_isMadeAnew() throws Exception {
        larder.make();
        // What a kill in the middle leaves: no record, one package moved away, a draft.
        Files.delete(larder.folder().resolve("record"));
        Path going = Files.createDirectories(larder.folder().resolve("staging/12/going"));
        Files.move(larder.modules().resolve("lit"), going.resolve("0"));
        Files.writeString(larder.modules().resolve("stray"), "stray\n");
        larder.make();
        assertEquals("export default 'lit 3.3.2';\n", larder.text("lit/index.js"));
        assertFalse(Files.exists(larder.folder().resolve("staging")));
        assertFalse(Files.exists(larder.modules().resolve("stray")));
    }

    @Test
    void fingerprint_otherPlacesAndOrderOfUnrelatedJars_isTheSame() throws Exception {
        String here = larder.make().fingerprint();
        Larder there = new Larder(Files.createDirectory(directory.resolve("another machine")));
        there.add("org.mvnpm", "three", "0.180.0", Archive.mvnpm("three", "0.180.0", "three"));
        there.add("org.webjars.npm", "lit", "3.3.2", Archive.webJar("lit", "3.3.2", "lit"));
        // Zip entries of this test hold the time of packing, so take the very jars.
        for (int i = 0; i < 2; i++) {
            Files.copy(
                    larder.sources.get(1 - i).file(),
                    there.sources.get(i).file(),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        assertEquals(here, there.make().fingerprint());
    }
}

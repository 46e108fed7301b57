package dev.procession.plugin.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jars that were made to do harm, by malice or by mistake. */
class HostileJarsTest {
    private static final String ROOT = "META-INF/resources/webjars/x/1.0.0/";

    @TempDir
    Path directory;

    private Larder larder;

    @BeforeEach
    void larder() {
        larder = new Larder(directory);
    }

    private Archive x() {
        return Archive.webJar("x", "1.0.0", "x");
    }

    private void add(Archive archive) throws IOException {
        larder.add("org.webjars.npm", "x", "1.0.0", archive);
    }

    private String refusal() {
        String message =
                assertThrows(PackagesFailedException.class, () -> larder.make()).getMessage();
        assertTrue(message.contains("org.webjars.npm:x:1.0.0"), message);
        assertEquals(List.of(), Larder.names(makeWithout()), "nothing of it is used later");
        return message;
    }

    private PackageFolder makeWithout() {
        try {
            larder.sources.clear();
            PackageFolder folder = larder.make();
            assertEquals(List.of(), Larder.tree(larder.cache.resolve("npm/1/units")), "nothing of it is in the cache");
            assertEquals(List.of(), Larder.tree(larder.cache.resolve("npm/1/staging")));
            return folder;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "../../../../../../../evil.js, it leads out of its folder",
        "lib/../../../../../../evil.js, it leads out of its folder",
        "lib/.., it leads out of its folder",
        "C:/evil.js, it names a drive",
        "c:evil.js, it names a drive",
        "..\\evil.js, 'it holds a backslash, which is a separator on Windows'",
        "lib\\evil.js, 'it holds a backslash, which is a separator on Windows'",
    })
    void of_entryThatEscapes_isRefusedByName(String entry, String reason) throws Exception {
        add(x().with(ROOT + entry, "evil\n"));
        String message = refusal();
        assertTrue(message.contains("\"" + ROOT + entry + "\" (" + reason + ")"), message);
        assertTrue(message.contains("x-1.0.0.jar"), message);
        assertEquals(
                List.of(),
                Larder.tree(directory).stream()
                        .filter(file -> file.endsWith("evil.js"))
                        .toList());
    }

    @Test
    void of_entryWithANul_isRefusedInWordsThatCanBePrinted() throws Exception {
        add(x().with(ROOT + "a\0b.js", "evil\n"));
        String message = refusal();
        assertTrue(message.contains("\"" + ROOT + "a\\u0000b.js\" (it holds a control character)"), message);
    }

    @Test
    void of_nameOfAPackageThatEscapes_isLeftOut() throws Exception {
        add(new Archive()
                .with(ROOT + "package.json", Archive.json("../../evil", "1.0.0", ""))
                .with(ROOT + "index.js", "evil\n"));
        assertEquals(List.of(), Larder.names(larder.make()));
        assertTrue(
                larder.warnings.get(0).contains("../../evil is no name of an npm package"), larder.warnings.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"node_modules", ".bin", "@scope", "a/b", "@a/b/c", "con", "aux.js", "x.", "a b"})
    void of_nameThatIsNone_isLeftOut(String name) throws Exception {
        add(new Archive().with(ROOT + "package.json", Archive.json(name, "1.0.0", "")));
        assertEquals(List.of(), Larder.names(larder.make()));
        assertEquals(1, larder.warnings.size());
    }

    @ParameterizedTest
    @CsvSource({
        "aux.js, a name that Windows keeps for a device",
        "lib/NUL, a name that Windows keeps for a device",
        "com1.txt, a name that Windows keeps for a device",
        "dot., 'a name that ends with a dot or a blank, which Windows drops'",
        "what?.js, a character that Windows does not allow",
        "two::three.js, a character that Windows does not allow",
        "a//b.js, an empty name in the path",
        "./b.js, an empty name in the path",
        "INDEX.js, one name with index.js where case does not count",
        "index.js/b.js, one name with index.js where case does not count",
    })
    void of_nameThatSomeSystemCannotHold_isLeftOutAndTheRestIsUsed(String entry, String reason) throws Exception {
        add(x().with(ROOT + entry, "odd\n"));
        PackageFolder folder = larder.make();
        assertEquals(List.of("x 1.0.0"), Larder.names(folder));
        assertEquals(2, Larder.tree(larder.modules().resolve("x")).size());
        assertEquals(1, larder.warnings.size());
        String warning = larder.warnings.get(0);
        assertTrue(warning.startsWith("org.webjars.npm:x:1.0.0: a file in it is left out"), warning);
        assertTrue(warning.contains(reason) || warning.contains("one name with INDEX.js"), warning);
        larder.make();
        assertEquals(List.of(warning), larder.warnings, "it is said in every build");
    }

    @Test
    void of_symbolicLinkInAJar_isNeverALink() throws Exception {
        // What zip -y makes: the mode says link, the content is the target.
        add(x().with(ROOT + "link.js", "/etc/passwd"));
        Path jar = larder.sources.get(0).file();
        byte[] bytes = Files.readAllBytes(jar);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int central = text.lastIndexOf("PK\u0001\u0002", text.lastIndexOf("link.js"));
        bytes[central + 5] = 3;
        bytes[central + 38 + 3] = (byte) 0xA1;
        bytes[central + 38 + 2] = (byte) 0xFF;
        Files.write(jar, bytes);
        larder.make();
        Path link = larder.modules().resolve("x/link.js");
        assertFalse(Files.isSymbolicLink(link));
        assertEquals("/etc/passwd", Files.readString(link));
    }

    @Test
    void of_archiveInTheJarThatEscapes_isRefused() throws Exception {
        add(x().with(
                        "META-INF/.more.tgz",
                        new Archive()
                                .with("resources/webjars/x/1.0.0/../../evil.ts", "evil\n")
                                .tgz()));
        assertTrue(refusal().contains("../../evil.ts\" in META-INF/.more.tgz (it leads out of its folder)"));
    }

    @Test
    void of_linksInTheArchive_arePassedOver() throws Exception {
        byte[] more = new Archive()
                .with("resources/webjars/x/1.0.0/soft.ts", '2', "")
                .with("resources/webjars/x/1.0.0/hard.ts", '1', "")
                .with("resources/webjars/x/1.0.0/pipe.ts", '6', "")
                .with("resources/webjars/x/1.0.0/dir", '5', "")
                .with("resources/webjars/x/1.0.0/real.ts", "real\n")
                .tgz();
        add(x().with("META-INF/.more.tgz", more));
        larder.make();
        assertEquals(
                List.of("index.js", "package.json", "real.ts"),
                Larder.tree(larder.modules().resolve("x")));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 40, 80, 120})
    void of_archiveThatIsCut_saysWhichJarAndWhatToDo(int length) throws Exception {
        byte[] more = new Archive()
                .with("resources/webjars/x/1.0.0/a.ts", "a\n".repeat(5000))
                .tgz();
        add(x().with("META-INF/.more.tgz", Arrays.copyOf(more, Math.min(length, more.length - 9))));
        String message = refusal();
        assertTrue(
                message.contains("cannot be read: META-INF/.more.tgz") || message.contains("cannot be read: "),
                message);
        assertTrue(message.contains("delete it from the local repository"), message);
    }

    @Test
    void of_archiveThatIsDamaged_isRefused() throws Exception {
        add(x().with(
                        "META-INF/.more.tgz",
                        new Archive().with("a.ts", 'x', "99 path=").tgz()));
        assertTrue(refusal().contains("an extended header is damaged"));
    }

    @Test
    void of_jarThatIsCut_saysSoTogetherWithTheNext() throws Exception {
        add(x());
        Path jar = larder.sources.get(0).file();
        Files.write(jar, Arrays.copyOf(Files.readAllBytes(jar), 100));
        larder.add(
                "org.webjars.npm",
                "y",
                "1.0.0",
                Archive.webJar("y", "1.0.0", "y").with(ROOT + "../z", "z"));
        String message =
                assertThrows(PackagesFailedException.class, () -> larder.make()).getMessage();
        assertTrue(message.startsWith("2 problems:"), message);
        assertTrue(message.contains("org.webjars.npm:x:1.0.0 cannot be read"), message);
        assertTrue(message.contains("org.webjars.npm:y:1.0.0 is refused"), message);
    }

    @Test
    void unpack_moreFilesOrBytesThanAllowed_isRefused() throws Exception {
        add(x().with(ROOT + "zeros.js", new byte[1_000_000]));
        Path jar = larder.sources.get(0).file();
        try (Contents contents = new JarContents(jar)) {
            Path target = Files.createDirectory(directory.resolve("target"));
            String bytes = assertThrows(
                            UnusableJarException.class,
                            () -> Unpacker.unpack(contents, "key", target, new Limits(100, 999_999)))
                    .getMessage();
            assertEquals("is refused, since its files have more than 1.0 MB unpacked; remove the dependency", bytes);
            String files = assertThrows(
                            UnusableJarException.class,
                            () -> Unpacker.unpack(contents, "key", target, new Limits(2, 2_000_000)))
                    .getMessage();
            assertEquals("is refused, since it has more than 2 files; remove the dependency", files);
        }
    }

    @Test
    void of_packageJsonThatIsNone_isReplacedByTheFolder() throws Exception {
        add(new Archive().with(ROOT + "package.json", "[".repeat(200_000)).with(ROOT + "index.js", "x\n"));
        assertEquals(List.of("x 1.0.0"), Larder.names(larder.make()));
    }
}

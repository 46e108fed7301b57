package dev.procession.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

/** A program packed as Spring Boot packs it, with its real loader: a jar with this library as a jar inside. */
@Timeout(60)
class NestedJarIT {
    @TempDir
    Path directory;

    @Test
    void start_libraryInNestedJar_saysFromWhereAndWhatToDo() throws Exception {
        List<String> output = run();
        assertEquals(2, output.size(), output.toString());
        String message = output.get(0);
        assertTrue(message.startsWith("start: java.lang.IllegalStateException: "), message);
        assertTrue(message.contains("this process loaded it from jar:nested:"), message);
        assertTrue(message.contains("/app.jar/!BOOT-INF/lib/procession-primitives.jar!/"), message);
        assertTrue(message.contains("the class path that a child is given: app.jar;"), message);
        assertTrue(message.contains("java -Djarmode=tools -jar app.jar extract"), message);
        assertTrue(message.endsWith("ChildOptions.builder().classPath(...)"), message);
    }

    @Test
    void start_classPathNamed_startsFromTheNestedJarAsWell() throws Exception {
        assertEquals("with a class path: exit code 0", run().get(1));
    }

    private List<String> run() throws Exception {
        pack();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "app.jar",
                        placeOf(ChildProcess.class).toString(),
                        placeOf(NestedProgram.class).toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return output.lines().toList();
    }

    private void pack() throws Exception {
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(directory.resolve("app.jar")))) {
            put(
                    jar,
                    JarFile.MANIFEST_NAME,
                    ("Manifest-Version: 1.0\nMain-Class: " + JarLauncher.class.getName() + "\nStart-Class: "
                                    + NestedProgram.class.getName() + "\n")
                            .getBytes(StandardCharsets.UTF_8));
            try (JarFile loader = new JarFile(placeOf(JarLauncher.class).toFile())) {
                for (JarEntry entry : (Iterable<JarEntry>) loader.stream()::iterator) {
                    if (entry.getName().endsWith(".class")) {
                        put(jar, entry.getName(), loader.getInputStream(entry).readAllBytes());
                    }
                }
            }
            String program = NestedProgram.class.getName().replace('.', '/') + ".class";
            // The loader looks for the folder, not for the files in it.
            put(jar, "BOOT-INF/classes/", new byte[0]);
            put(jar, "BOOT-INF/classes/" + program, classBytes(program));
            put(jar, "BOOT-INF/lib/procession-primitives.jar", library());
        }
    }

    private static byte[] classBytes(String file) throws IOException {
        return Files.readAllBytes(placeOf(NestedProgram.class).resolve(file));
    }

    /** The library as a jar, whether these tests run against a jar or a folder. */
    private static byte[] library() throws IOException {
        Path place = placeOf(ChildProcess.class);
        if (Files.isRegularFile(place)) {
            return Files.readAllBytes(place);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(place)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                put(jar, place.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }

    /** Stored and not deflated, as the loader asks of a jar inside a jar. */
    private static void put(ZipOutputStream jar, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }

    private static Path placeOf(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}

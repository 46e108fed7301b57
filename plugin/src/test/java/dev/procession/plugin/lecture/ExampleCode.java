package dev.procession.plugin.lecture;

import dev.procession.plugin.work.WorkerCode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * What the children of the tests run: the class path of the tests, with jars in the place of its directories. Only of jars
 * can a class-data archive be made, with which a child starts in half the time; as with the goal, whose plugin is a jar.
 */
public final class ExampleCode {
    private ExampleCode() {}

    /** Made once for all tests of this JVM, under the build directory. */
    public static WorkerCode get() {
        return Made.CODE;
    }

    private static WorkerCode make() {
        try {
            Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
            Path folder = Files.createTempDirectory(target, "example-code-");
            List<Path> jars = new ArrayList<>();
            for (Path path : Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .toList()) {
                jars.add(Files.isDirectory(path) ? jar(path, folder.resolve(jars.size() + ".jar")) : path);
            }
            return new WorkerCode(jars, folder.resolve("cache"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    private static final class Made {
        private static final WorkerCode CODE = make();
    }
}

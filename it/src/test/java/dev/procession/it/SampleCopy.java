package dev.procession.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Copies a sample project without what builds have made of it. */
final class SampleCopy {
    private static final Pattern VERSION = Pattern.compile("<procession.version>(.+)</procession.version>");

    private SampleCopy() {}

    static ProjectCopy of(String sample, String name) throws IOException {
        ProjectCopy copy = ProjectCopy.empty(name);
        Path from = Surroundings.samples().resolve(sample);
        try (Stream<Path> all = Files.walk(from)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(from.resolve("target")))
                    .toList();
            for (Path file : files) {
                Path to = copy.path(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return copy;
    }

    /** The version of the plugin that the samples use, for builds without a project. */
    static String version(String sample) throws IOException {
        Matcher version = VERSION.matcher(
                Files.readString(Surroundings.samples().resolve(sample).resolve("pom.xml")));
        if (!version.find()) {
            throw new IllegalStateException("no <procession.version> in the pom of " + sample);
        }
        return version.group(1);
    }
}

package dev.procession.plugin.lecture.page;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.HostedExample;
import dev.procession.plugin.lecture.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the sources of examples are: those of the lecture beside their classes, those of a project in its folders.
 *
 * @param roots the project's folders of sources
 */
public record ExampleSources(List<Path> roots) {

    /** By the names of the files, in the order of the examples; without those that cannot be found. */
    Map<String, String> java(Topic topic) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String className : classNames(topic)) {
            Optional<String> source = of(className);
            if (source.isPresent()) {
                String simple = className.substring(className.lastIndexOf('.') + 1);
                sources.put(simple + ".java", withoutHead(source.get()));
            }
        }
        return sources;
    }

    /** How the same is usually written in Python. */
    public Optional<String> python(Topic topic) throws IOException {
        return resource("/dev/procession/plugin/lecture/example/" + topic.number() + ".py");
    }

    private static List<String> classNames(Topic topic) {
        List<String> names = new ArrayList<>();
        for (Supplier<Example> maker : topic.examples()) {
            Example example = maker.get();
            if (example instanceof HostedExample hosted) {
                names.addAll(hosted.classNames());
            } else {
                names.add(example.getClass().getName());
            }
            example.readWith().forEach(type -> names.add(type.getName()));
        }
        return names;
    }

    private Optional<String> of(String className) throws IOException {
        String file = className.replaceFirst("\\$.*", "").replace('.', '/') + ".java";
        for (Path root : roots) {
            Path source = root.resolve(file);
            if (Files.isRegularFile(source)) {
                return Optional.of(Files.readString(source));
            }
        }
        return resource("/" + file);
    }

    private static Optional<String> resource(String name) throws IOException {
        try (InputStream bytes = ExampleSources.class.getResourceAsStream(name)) {
            return bytes == null
                    ? Optional.empty()
                    : Optional.of(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Package and imports are of no interest to who learns. */
    private static String withoutHead(String source) {
        List<String> lines = source.lines()
                .dropWhile(line -> line.isBlank() || line.startsWith("package ") || line.startsWith("import "))
                .toList();
        return String.join("\n", lines) + "\n";
    }
}

package dev.procession.plugin.lecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Finds the examples of a project as {@link java.util.ServiceLoader} would, but reads their names and words only: their
 * code runs in children, and never in the build's JVM.
 */
public record OwnExamples(OwnCode code) {
    private static final String SERVICE = "META-INF/services/" + Example.class.getName();

    public List<Topic> topics() throws IOException {
        List<Topic> topics = new ArrayList<>();
        if (code.classPath().isEmpty()) {
            return topics;
        }
        try (URLClassLoader files = new URLClassLoader(urls(), null)) {
            int number = 0;
            for (String className : classNames(files)) {
                number++;
                List<String> readWith = new CopyOnWriteArrayList<>();
                topics.add(new Topic(
                        "P" + number,
                        nameOf(className),
                        List.of(() -> new HostedExample(className, code.classPath(), readWith)),
                        new OwnWords(words(files, className, "en"), words(files, className, "uk"))));
            }
        }
        return topics;
    }

    private URL[] urls() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path path : code.classPath()) {
            urls.add(path.toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    private static TreeSet<String> classNames(URLClassLoader files) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (URL list : Collections.list(files.findResources(SERVICE))) {
            for (String line : text(list).split("\n", -1)) {
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static String text(URL file) throws IOException {
        try (InputStream bytes = open(file)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        // A jar that stays open in a cache cannot be replaced by the next build on some systems.
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static Properties words(URLClassLoader files, String className, String language) throws IOException {
        Properties words = new Properties();
        @Nullable URL file = files.findResource(className.replace('.', '/') + "_" + language + ".properties");
        if (file != null) {
            try (InputStreamReader reader = new InputStreamReader(open(file), StandardCharsets.UTF_8)) {
                words.load(reader);
            } catch (IllegalArgumentException e) {
                throw new LectureFailedException(
                        "the words of an example cannot be read: " + file + ": " + e.getMessage()
                                + " There is a \\u that no four hexadecimal digits follow; write \\\\ for a backslash");
            }
        }
        return words;
    }

    /** {@code DiningPhilosophers} is {@code dining-philosophers}. */
    private static String nameOf(String className) {
        String simple = className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
        return simple.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}

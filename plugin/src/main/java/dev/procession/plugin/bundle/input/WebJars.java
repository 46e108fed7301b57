package dev.procession.plugin.bundle.input;

import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files under {@code META-INF/resources/webjars} in the project's dependencies; opened when first asked. */
final class WebJars {
    private static final String ROOT = "META-INF/resources/webjars/";

    /**
     * @param container the jar or the class directory
     * @param version the version's directory
     * @param path below the version's directory, with '/'
     * @param location see {@link ScriptSource}
     * @param size bytes of the content
     */
    record Entry(Path container, String version, String path, String location, FileStat stat, long size) {}

    private final Map<String, List<Entry>> byName = new LinkedHashMap<>();
    private final List<String> troubles = new ArrayList<>();

    private WebJars() {}

    static WebJars open(List<Path> dependencies) {
        WebJars jars = new WebJars();
        for (Path dependency : dependencies) {
            try {
                if (Files.isDirectory(dependency)) {
                    jars.addDirectory(dependency);
                } else if (dependency.toString().endsWith(".jar")) {
                    jars.addJar(dependency);
                }
            } catch (IOException e) {
                jars.troubles.add("dependency " + FileName.shown(dependency) + " cannot be read: "
                        + Shown.text(String.valueOf(e.getMessage())));
            }
        }
        return jars;
    }

    /** The files of a WebJar in path order; empty when no dependency has it. */
    List<Entry> entries(String name) {
        return byName.getOrDefault(name, List.of());
    }

    Iterable<String> names() {
        return byName.keySet();
    }

    List<String> troubles() {
        return troubles;
    }

    private void addJar(Path jar) throws IOException {
        FileStat stat = FileStat.of(jar);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && entry.getName().startsWith(ROOT)) {
                    String location = ScriptSource.ofJarEntry(jar, entry.getName());
                    add(jar, entry.getName().substring(ROOT.length()), location, stat, entry.getSize());
                }
            }
        }
    }

    /** A module of the same build that is not packaged yet. */
    private void addDirectory(Path classes) throws IOException {
        Path root = classes.resolve(ROOT);
        if (Files.isDirectory(root)) {
            for (SourceTree.Leaf leaf :
                    SourceTree.walk(root, name -> true, root).files()) {
                add(
                        classes,
                        leaf.name(),
                        ScriptSource.ofFile(leaf.path()),
                        leaf.stat(),
                        leaf.stat().size());
            }
        }
    }

    private void add(Path container, String path, String location, FileStat stat, long size) {
        int afterName = path.indexOf('/');
        int afterVersion = path.indexOf('/', afterName + 1);
        if (afterName > 0 && afterVersion > 0) {
            byName.computeIfAbsent(path.substring(0, afterName), name -> new ArrayList<>())
                    .add(new Entry(
                            container,
                            path.substring(afterName + 1, afterVersion),
                            path.substring(afterVersion + 1),
                            location,
                            stat,
                            size));
        }
    }
}

package dev.procession.plugin.npm;

import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A project with dependencies, a cache, and a log that keeps what it hears. */
final class Larder implements BuildLog {
    final Path base;
    final List<PackageSource> sources = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<String> details = new ArrayList<>();
    Path project;
    Path cache;

    Larder(Path base) {
        this.base = base;
        this.project = base.resolve("my project");
        this.cache = base.resolve("cache");
    }

    /** Another project of the same machine and with the same dependencies. */
    Larder neighbour(String name) {
        Larder other = new Larder(base);
        other.project = base.resolve(name);
        other.cache = cache;
        other.sources.addAll(sources);
        return other;
    }

    PackageSource add(String groupId, String artifactId, String version, Archive archive) throws IOException {
        Path jar = base.resolve("repository/" + groupId + "/" + artifactId + "/" + artifactId + "-" + version + ".jar");
        return add(new PackageSource(archive.jar(jar), groupId, artifactId, version, Optional.empty()));
    }

    PackageSource add(PackageSource source) {
        sources.add(source);
        return source;
    }

    PackageFolder make() throws IOException, InterruptedException {
        warnings.clear();
        details.clear();
        return PackageFolder.of(sources, new PackagePlaces(project, folder(), cache), this);
    }

    Path folder() {
        return project.resolve("target/procession/npm");
    }

    Path modules() {
        return folder().resolve("node_modules");
    }

    /** The text of a file of a package. */
    String text(String file) throws IOException {
        return Files.readString(modules().resolve(file));
    }

    /** The folder in the cache that has a file. */
    Path inCache(String name) throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    long unpacked() {
        return details.stream().filter(line -> line.startsWith("unpacked ")).count();
    }

    long laidOut() {
        return details.stream().filter(line -> line.startsWith("laid out ")).count();
    }

    static List<String> names(PackageFolder folder) {
        return folder.packages().stream()
                .map(each -> each.name() + " " + each.version())
                .toList();
    }

    static List<String> tree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void info(String line) {
        throw new AssertionError("the result is told by the goal: " + line);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }

    @Override
    public synchronized void debug(String line) {
        details.add(line);
    }

    @Override
    public boolean debugs() {
        return true;
    }
}

package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whole runs of Maven with the plugin of this build. They have a local repository of their own: nothing is installed. Its
 * remote one is that of the build, so that nothing comes from the net, unless peers take part.
 */
final class MavenRuns {
    static final String PLUGIN = "dev.procession:procession-maven-plugin";

    private final Commands commands;
    private final Path repository;
    private final List<String> settings;
    private final Set<String> filled = new HashSet<>();
    private final boolean smoke;

    private MavenRuns(Setting setting, Commands commands, String repositoryName, List<String> settings)
            throws IOException {
        this.commands = commands;
        this.settings = settings;
        this.smoke = setting.smoke();
        repository = setting.directory(repositoryName);
        // Maven looks for this folder upwards: that of this build has options for its JVM which users' builds have not.
        Files.createDirectories(setting.work().resolve(".mvn"));
        install(setting);
        StartPlugin.install(repository);
    }

    /** For goals of this build alone. */
    static MavenRuns ofThisBuild(Setting setting, Commands commands) throws IOException {
        Path settings = setting.work().resolve("settings.xml");
        Files.writeString(settings, """
                <settings>
                  <mirrors><mirror><id>outer</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
                </settings>
                """.formatted(setting.repository().toUri()));
        return new MavenRuns(setting, commands, "repository", List.of("-s", settings.toString()));
    }

    /** For goals of peers, too: with the user's own settings, and what comes from the net. */
    static MavenRuns withPeers(Setting setting, Commands commands) throws IOException {
        return new MavenRuns(setting, commands, "repository-peers", List.of());
    }

    private void install(Setting setting) throws IOException {
        String version = setting.version();
        put(setting.root().resolve("pom.xml"), "procession-parent", version, "pom");
        for (String module : List.of("primitives", "plugin")) {
            String artifact = module.equals("plugin") ? "procession-maven-plugin" : "procession-primitives";
            Path directory = setting.root().resolve(module);
            put(directory.resolve("pom.xml"), artifact, version, "pom");
            put(directory.resolve("target").resolve(artifact + "-" + version + ".jar"), artifact, version, "jar");
        }
    }

    private void put(Path file, String artifact, String version, String type) throws IOException {
        Path directory = Files.createDirectories(
                repository.resolve("dev/procession").resolve(artifact).resolve(version));
        Files.copy(
                file,
                directory.resolve(artifact + "-" + version + "." + type),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Lets a goal find what it needs, and does not measure it. */
    void prepare(Path directory, List<String> arguments) throws IOException, InterruptedException {
        first(directory, arguments);
    }

    private Spent first(Path directory, List<String> arguments) throws IOException, InterruptedException {
        filled.add(directory + " " + arguments.get(0));
        return commands.run(directory, command(false, arguments));
    }

    /** Runs a goal in a directory; one that was not prepared is prepared by running it once. */
    Spent run(Path directory, List<String> arguments) throws IOException, InterruptedException {
        if (!filled.contains(directory + " " + arguments.get(0))) {
            Spent spent = first(directory, arguments);
            if (smoke) {
                return spent; // one has shown that it runs
            }
        }
        return commands.run(directory, command(true, arguments));
    }

    private List<String> command(boolean offline, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-Dmaven.repo.local=" + repository));
        command.addAll(settings);
        if (offline) {
            command.add("-o");
        }
        command.addAll(arguments);
        return command;
    }
}

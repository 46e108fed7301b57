package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole runs of Maven with the plugin of this build. They have a local repository of their own, whose remote one is that of
 * the build: nothing is installed, and nothing comes from the net.
 */
final class MavenRuns {
    static final String PLUGIN = "dev.procession:procession-maven-plugin";

    private final Commands commands;
    private final Path repository;
    private final Path settings;
    private boolean filled;

    MavenRuns(Setting setting, Commands commands) throws IOException {
        this.commands = commands;
        repository = setting.directory("repository");
        settings = setting.work().resolve("settings.xml");
        Files.writeString(settings, """
                <settings>
                  <mirrors><mirror><id>outer</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
                </settings>
                """.formatted(setting.repository().toUri()));
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

    /** Runs it in a directory. */
    Spent run(Path directory, List<String> arguments) throws IOException, InterruptedException {
        if (!filled) {
            filled = true;
            commands.run(directory, command(false, arguments));
        }
        return commands.run(directory, command(true, arguments));
    }

    /** Lets Maven find what these arguments need, and does not measure it. */
    void prepare(Path directory, List<String> arguments) throws IOException, InterruptedException {
        filled = true;
        commands.run(directory, command(false, arguments));
    }

    private List<String> command(boolean offline, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of("mvn", "-B", "-q", "-s", settings.toString(), "-Dmaven.repo.local=" + repository));
        if (offline) {
            command.add("-o");
        }
        command.addAll(arguments);
        return command;
    }
}

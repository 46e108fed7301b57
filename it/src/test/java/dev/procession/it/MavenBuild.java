package dev.procession.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationOutputHandler;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;
import org.apache.maven.shared.invoker.MavenInvocationException;

/** One run of Maven that is being prepared. No run lasts longer than {@link #DEADLINE}. */
final class MavenBuild {
    static final Duration DEADLINE = Duration.ofSeconds(Surroundings.everything() ? 600 : 150);

    /** Options of whoever runs these tests are not part of them. */
    private static final Set<String> NOT_INHERITED = Set.of(
            "MAVEN_OPTS",
            "MAVEN_ARGS",
            "MAVEN_CONFIG",
            "MAVEN_DEBUG_OPTS",
            "MAVEN_PROJECTBASEDIR",
            "M2_HOME",
            "MAVEN_HOME",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "JAVA_OPTS");

    private final Path directory;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Path mavenHome = Surroundings.mavenHome();
    private Path settings = InnerSettings.file();
    private Path localRepository = Surroundings.localRepository();
    private Path cacheDirectory = Surroundings.directory().resolve("cache");

    private MavenBuild(Path directory) {
        this.directory = directory;
        // Most of a short build is the start of its JVM.
        environment.put("MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        for (Map.Entry<String, String> entry : System.getenv().entrySet()) {
            if (!NOT_INHERITED.contains(entry.getKey())) {
                environment.putIfAbsent(entry.getKey(), entry.getValue());
            }
        }
    }

    static MavenBuild of(ProjectCopy project, String... arguments) {
        return new MavenBuild(project.root()).with(arguments);
    }

    MavenBuild with(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** Instead of the Maven and the JDK that run these tests. */
    MavenBuild on(Path maven, Path java) {
        mavenHome = maven;
        environment.put("JAVA_HOME", java.toString());
        return this;
    }

    /** Instead of what these tests share: settings, local repository and cache of its own. */
    MavenBuild apart(Path ownSettings, Path ownRepository, Path ownCache) {
        settings = ownSettings;
        localRepository = ownRepository;
        cacheDirectory = ownCache;
        return this;
    }

    MavenBuild environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    MavenBuild mavenOptions(String more) {
        environment.merge("MAVEN_OPTS", more, (old, added) -> old + " " + added);
        return this;
    }

    /** Runs Maven to its end. */
    BuildResult run() {
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        InvocationOutputHandler handler = log::add;
        InvocationRequest request = new DefaultInvocationRequest();
        request.setBaseDirectory(directory.toFile());
        request.setMavenHome(mavenHome.toFile());
        request.setJavaHome(new File(environment.get("JAVA_HOME")));
        request.setBatchMode(true);
        request.setOutputHandler(handler);
        request.setErrorHandler(handler);
        request.setShellEnvironmentInherited(false);
        environment.forEach(request::addShellEnvironment);
        request.setTimeoutInSeconds((int) DEADLINE.toSeconds());
        request.addArgs(allArguments());
        try {
            InvocationResult result = new DefaultInvoker().execute(request);
            BuildResult build = new BuildResult(describe(), result.getExitCode(), List.copyOf(log));
            if (result.getExecutionException() != null) {
                fail("no end within " + DEADLINE + ": " + build, result.getExecutionException());
            }
            return build;
        } catch (MavenInvocationException e) {
            throw new IllegalStateException(describe(), e);
        }
    }

    /** Starts Maven and returns at once, for a test that does something to it. */
    RunningBuild start() throws IOException {
        boolean windows = File.separatorChar == '\\';
        List<String> command = new ArrayList<>();
        command.add(
                mavenHome.resolve("bin").resolve(windows ? "mvn.cmd" : "mvn").toString());
        command.add("-B");
        command.addAll(allArguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new RunningBuild(describe(), builder.start());
    }

    private List<String> allArguments() {
        List<String> all = new ArrayList<>();
        all.add("-ntp");
        all.add("-s");
        all.add(settings.toString());
        if (Files.isRegularFile(Surroundings.globalSettings())) {
            all.add("-gs");
            all.add(Surroundings.globalSettings().toString());
        }
        all.add("-Dmaven.repo.local=" + localRepository);
        all.add("-Dprocession.cacheDirectory=" + cacheDirectory);
        if (Surroundings.offline()) {
            all.add("-o");
            // The outer build's local repository is a repository here, and reading it is not going online.
            all.add("-Daether.offline.protocols=file");
        }
        all.addAll(arguments);
        return all;
    }

    private String describe() {
        return "mvn " + String.join(" ", arguments) + " in " + directory;
    }
}

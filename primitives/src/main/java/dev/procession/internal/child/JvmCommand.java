package dev.procession.internal.child;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command line and the environment of a child JVM. */
final class JvmCommand {
    /** Variables that would load agents into the child, or print a line that nobody asked for. */
    private static final List<String> NOT_INHERITED =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    /** Characters; Windows allows 32,767 for the whole command, Linux 131,072 bytes for one argument. */
    private static final int LONGEST_COMMAND = 30_000;

    private static final String MAIN_MODULE = "dev.procession.primitives";

    private final ProcessBuilder builder;
    private final @Nullable Path argumentFile;

    private JvmCommand(ProcessBuilder builder, @Nullable Path argumentFile) {
        this.builder = builder;
        this.argumentFile = argumentFile;
    }

    static JvmCommand of(LaunchSpec spec, @Nullable String warmRunner) throws IOException {
        List<String> arguments = new ArrayList<>();
        if (spec.inheritJvmOptions()) {
            arguments.addAll(InheritedOptions.ofThisJvm());
        }
        // Whole lines of text are the program's. The JVM's own go to standard error: standard output carries frames.
        arguments.add("-Xlog:disable");
        arguments.add("-Xlog:all=warning:stderr");
        if (archive(spec) != null) {
            // A JVM does without one that was damaged or deleted, which is all that it has to say.
            arguments.add("-Xlog:cds=off:stderr");
        }
        arguments.addAll(spec.jvmOptions());
        addPaths(arguments, spec);
        if (warmRunner != null) {
            arguments.add(ChildMain.SPARE);
            arguments.add(warmRunner);
        }

        Path argumentFile = null;
        String java = java(spec);
        List<String> command = new ArrayList<>();
        command.add(java);
        if (length(arguments) > LONGEST_COMMAND) {
            argumentFile = writeArgumentFile(arguments);
            command.add("@" + argumentFile);
        } else {
            command.addAll(arguments);
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        setEnvironment(builder.environment(), spec.environment());
        Path directory = spec.directory();
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        return new JvmCommand(builder, argumentFile);
    }

    ProcessBuilder builder() {
        return builder;
    }

    /** The file with the arguments, or null when the command line was short enough. */
    @Nullable
    Path argumentFile() {
        return argumentFile;
    }

    private static String java(LaunchSpec spec) {
        Path java = spec.java();
        if (java != null) {
            return java.toString();
        }
        boolean windows = File.separatorChar == '\\';
        return System.getProperty("java.home") + File.separator + "bin" + File.separator
                + (windows ? "java.exe" : "java");
    }

    /** An archive is of one JVM's classes. */
    private static @Nullable ArchiveFile archive(LaunchSpec spec) {
        return spec.java() == null ? spec.archive() : null;
    }

    private static void addPaths(List<String> arguments, LaunchSpec spec) {
        String main = ChildMain.class.getName();
        List<Path> classPath = spec.classPath();
        ArchiveFile archive = archive(spec);
        if (classPath != null) {
            List<String> entries = new ArrayList<>();
            classPath.forEach(entry -> entries.add(entry.toAbsolutePath().toString()));
            arguments.add("-cp");
            arguments.add(withArchive(archive, entries, arguments));
            arguments.add(main);
            return;
        }
        requireFindable(main);
        String inherited = System.getProperty("java.class.path", "");
        if (!inherited.isEmpty()) {
            arguments.add("-cp");
            arguments.add(withArchive(archive, absolute(inherited), arguments));
        }
        String modulePath = System.getProperty("jdk.module.path");
        if (modulePath != null) {
            arguments.add("-p");
            arguments.add(String.join(File.pathSeparator, absolute(modulePath)));
        }
        String mainModule = System.getProperty("jdk.module.main");
        if (mainModule != null) {
            arguments.add("--add-modules");
            arguments.add(mainModule);
        }
        if (ChildMain.class.getModule().isNamed()) {
            arguments.add("-m");
            arguments.add(MAIN_MODULE + "/" + main);
        } else {
            arguments.add(main);
        }
    }

    /**
     * A child finds its classes through a system class loader of its own, with the paths of this one. A library in a
     * jar inside a jar, in a web application or in a plugin came through another loader, which the child does not have.
     */
    private static void requireFindable(String main) {
        String file = main.replace('.', '/') + ".class";
        if (ChildMain.class.getClassLoader() == ClassLoader.getSystemClassLoader()
                || ClassLoader.getSystemResource(file) != null) {
            return;
        }
        CodeSource source = ChildMain.class.getProtectionDomain().getCodeSource();
        throw new IllegalStateException("a child JVM would not find procession-primitives: this process loaded it from "
                + (source == null ? "an unknown place" : source.getLocation())
                + ", which is not on the class path that a child is given: "
                + System.getProperty("java.class.path", "")
                + "; unpack the application (Spring Boot: java -Djarmode=tools -jar app.jar extract) and run that, or name"
                + " the jars and folders that children need: ChildOptions.builder().classPath(...)");
    }

    /** The child may have another working directory, so relative entries would lead elsewhere. */
    private static List<String> absolute(String path) {
        List<String> entries = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            entries.add(new File(entry).getAbsolutePath());
        }
        return entries;
    }

    /** The class path, which begins with the archive's jars where one is used; it goes before the last argument. */
    private static String withArchive(@Nullable ArchiveFile archive, List<String> entries, List<String> arguments) {
        if (archive == null) {
            return String.join(File.pathSeparator, entries);
        }
        arguments.add(arguments.size() - 1, "-XX:SharedArchiveFile=" + archive.file());
        LinkedHashSet<String> ordered = new LinkedHashSet<>();
        archive.prefix().forEach(entry -> ordered.add(entry.toAbsolutePath().toString()));
        ordered.addAll(entries);
        return String.join(File.pathSeparator, ordered);
    }

    private static void setEnvironment(Map<String, String> target, Map<String, Optional<String>> changes) {
        target.keySet().removeAll(NOT_INHERITED);
        changes.forEach((name, value) -> {
            if (value.isPresent()) {
                target.put(name, value.get());
            } else {
                target.remove(name);
            }
        });
    }

    private static int length(List<String> arguments) {
        int length = 0;
        for (String argument : arguments) {
            length += argument.length() + 1;
        }
        return length;
    }

    /** One quoted argument a line, as the launcher's argument files are defined. The child deletes it when it runs. */
    private static Path writeArgumentFile(List<String> arguments) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            text.append('"')
                    .append(argument.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"\n");
        }
        Path file = Files.createTempFile("procession", ".args");
        try {
            // The launcher reads the file as the system's bytes, not as UTF-8.
            Charset system = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
            Files.writeString(file, text, system);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return file;
    }
}

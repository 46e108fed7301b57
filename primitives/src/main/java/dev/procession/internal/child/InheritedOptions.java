package dev.procession.internal.child;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of this JVM that its children take over: system properties, assertions, module options and the choice of
 * the collector. Not what would make two JVMs meet: agents, debuggers, JMX, logs and recordings written to one file,
 * archives, and heap sizes, which are meant for one process.
 */
final class InheritedOptions {
    /** Options whose value is the next argument on the command line. */
    private static final Set<String> WITH_VALUE = Set.of(
            "--add-exports",
            "--add-modules",
            "--add-opens",
            "--add-reads",
            "--enable-native-access",
            "--limit-modules",
            "--patch-module",
            "--upgrade-module-path",
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path");

    /** The class path and the module path are passed on as they are now, not as they were typed. */
    private static final List<String> PATHS =
            List.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "-Djava.class.path=");

    private static final List<String> OF_ONE_PROCESS = List.of(
            "-agentlib:",
            "-agentpath:",
            "-javaagent:",
            "-Xdebug",
            "-Xnoagent",
            "-Xrun",
            "-Dcom.sun.management.",
            "-Dprocession.dieAt",
            "-Xlog",
            "-Xloggc:",
            "-verbose",
            "-XX:+PrintGC",
            "-Xmx",
            "-Xms",
            "-Xmn",
            "-XX:MaxHeapSize=",
            "-XX:InitialHeapSize=",
            "-XX:SoftMaxHeapSize=",
            "-XX:MaxRAM",
            "-XX:InitialRAM",
            "-XX:MinRAM",
            "-XX:+AlwaysPreTouch",
            "-XX:StartFlightRecording",
            "-XX:FlightRecorderOptions",
            "-XX:ArchiveClassesAtExit",
            "-XX:SharedArchiveFile",
            "-XX:DumpLoadedClassList",
            "-XX:AOT",
            "-XX:OnError",
            "-XX:OnOutOfMemoryError",
            "-splash:");

    private InheritedOptions() {}

    /** Reads them from the command line of this process, or from the JVM where that cannot be had. */
    static List<String> ofThisJvm() {
        List<String> commandLine = commandLine();
        return select(commandLine != null ? commandLine : ofTheManagementBean());
    }

    /** Chooses among the arguments of a java command, given without the executable, up to the main class. */
    static List<String> select(List<String> arguments) {
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("-") || argument.equals("-jar") || argument.equals("-m")) {
                break;
            }
            if (argument.equals("--module") || argument.startsWith("--module=")) {
                break;
            }
            boolean twoWords = WITH_VALUE.contains(argument) && i + 1 < arguments.size();
            if (!isOneOf(PATHS, argument) && !isOneOf(OF_ONE_PROCESS, argument)) {
                selected.add(twoWords ? argument + "=" + arguments.get(i + 1) : argument);
            }
            if (twoWords) {
                i++;
            }
        }
        return selected;
    }

    private static boolean isOneOf(List<String> prefixes, String argument) {
        for (String prefix : prefixes) {
            // -cp and -p are words of their own: -Dproperty and -preview are not they.
            boolean word = prefix.equals("-cp") || prefix.equals("-p") || prefix.equals("-classpath");
            if (word ? argument.equals(prefix) : argument.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Null where the system does not show it, or where an argument file hides the options. */
    private static @Nullable List<String> commandLine() {
        Path file = Path.of("/proc/self/cmdline");
        if (System.getenv("JDK_JAVA_OPTIONS") != null || !Files.isReadable(file)) {
            return null;
        }
        try {
            String text = new String(Files.readAllBytes(file), Charset.defaultCharset());
            List<String> words = List.of(text.split("\0"));
            List<String> arguments = words.subList(1, words.size());
            for (String argument : arguments) {
                if (argument.startsWith("@")) {
                    return null;
                }
                if (!argument.startsWith("-")) {
                    break;
                }
            }
            return arguments;
        } catch (IOException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static List<String> ofTheManagementBean() {
        // The module is optional: a program that was linked without it passes nothing on.
        if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
            return List.of();
        }
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
}

package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a reader has to know of the machine, in one line. */
final class Machine {
    private Machine() {}

    static String describe() throws IOException, InterruptedException {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors (" + processor() + "), "
                + System.getProperty("java.vm.vendor") + " JDK " + System.getProperty("java.version") + ", "
                + python();
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).trim();
                }
            }
        }
        return "unknown";
    }

    private static String python() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("python3", "--version").start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return process.waitFor() == 0 ? text : "no Python";
        } catch (IOException e) {
            return "no Python";
        }
    }
}

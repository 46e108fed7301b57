package dev.procession.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Which processes still run. */
final class Processes {
    private Processes() {}

    /** A process that has ended stays in the table until somebody asks for its status: that is no longer running. */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            // pid (name) state ...; the name may hold anything, also brackets
            String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
            return text.startsWith("Z", text.lastIndexOf(')') + 2);
        } catch (NoSuchFileException e) {
            return Files.exists(Path.of("/proc/self/stat"));
        } catch (IOException e) {
            // Gone while it was read.
            return true;
        }
    }
}

package dev.procession.plugin.sort.failure;

import dev.procession.plugin.report.Shown;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why the system refused something, in words; the file is named by whoever tells it. */
public final class Reason {
    private Reason() {}

    public static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it does not exist any more";
        }
        if (e instanceof NotDirectoryException) {
            return "it is no directory any more";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return Shown.text(system.getReason());
        }
        return Shown.text(String.valueOf(e.getMessage()));
    }
}

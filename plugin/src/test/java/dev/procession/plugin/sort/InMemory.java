package dev.procession.plugin.sort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes temporary directories in the file system of the shared memory where there is one with room: a test that makes and
 * deletes ten thousands of files waits for the disk most of its time otherwise, and learns nothing from it.
 */
public final class InMemory implements TempDirFactory {
    private static final Path SHARED = Path.of("/dev/shm");
    private static final long ENOUGH = 1L << 30;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
        boolean room = Files.isWritable(SHARED) && Files.getFileStore(SHARED).getUsableSpace() > ENOUGH;
        return room
                ? Files.createTempDirectory(SHARED, "procession-test-")
                : Files.createTempDirectory("procession-test-");
    }
}

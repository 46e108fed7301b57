package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class AbstractProcessionMojoTest {
    @Test
    void text_ofFileSystem_saysMoreThanTheName() {
        assertEquals(
                "/p/target/procession: permission denied",
                AbstractProcessionMojo.text(new AccessDeniedException("/p/target/procession")));
        assertEquals(
                "/p/target: FileAlreadyExistsException",
                AbstractProcessionMojo.text(new FileAlreadyExistsException("/p/target")));
        assertEquals(
                "/p/x: Read-only file system",
                AbstractProcessionMojo.text(new FileSystemException("/p/x", null, "Read-only file system")));
        assertEquals(
                "No space left on device", AbstractProcessionMojo.text(new IOException("No space left on device")));
    }
}

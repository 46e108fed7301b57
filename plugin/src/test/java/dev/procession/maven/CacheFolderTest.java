package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CacheFolderTest {

    @Test
    void of_eachSystem_isItsOwnFolder() {
        assertEquals(Path.of("/home/o/.cache/procession"), CacheFolder.of("Linux", "/home/o", null, null));
        assertEquals(Path.of("/cache/procession"), CacheFolder.of("Linux", "/home/o", "/cache", null));
        assertEquals(Path.of("/home/o/.cache/procession"), CacheFolder.of("Linux", "/home/o", "relative", null));
        assertEquals(Path.of("/Users/o/Library/Caches/procession"), CacheFolder.of("Mac OS X", "/Users/o", null, null));
        assertEquals(Path.of("/data/procession"), CacheFolder.of("Windows 11", "/o", null, "/data"));
        assertEquals(Path.of("/o/AppData/Local/procession"), CacheFolder.of("Windows 11", "/o", null, null));
    }
}

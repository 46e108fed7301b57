package dev.procession.maven;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder that the operating system means for what a program can make again. */
final class CacheFolder {
    private static final String NAME = "procession";

    private CacheFolder() {}

    static Path ofTheUser() {
        return of(
                System.getProperty("os.name", ""),
                System.getProperty("user.home", ""),
                System.getenv("XDG_CACHE_HOME"),
                System.getenv("LOCALAPPDATA"));
    }

    static Path of(String system, String home, @Nullable String xdgCacheHome, @Nullable String localAppData) {
        if (system.startsWith("Windows")) {
            return localAppData != null ? Path.of(localAppData, NAME) : Path.of(home, "AppData", "Local", NAME);
        }
        if (system.startsWith("Mac")) {
            return Path.of(home, "Library", "Caches", NAME);
        }
        // By the XDG base directory specification a relative path is invalid and to be ignored.
        return xdgCacheHome != null && xdgCacheHome.startsWith("/")
                ? Path.of(xdgCacheHome, NAME)
                : Path.of(home, ".cache", NAME);
    }
}

package dev.procession.plugin.engine;

import java.util.Locale;

/**
 * A kind of machine, called as npm calls it.
 *
 * @param name such as {@code linux-x64}, {@code darwin-arm64}, {@code win32-x64}
 */
public record Platform(String name) {

    /**
     * This machine's.
     *
     * @return the platform that this JVM runs on
     */
    public static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String system, String architecture) {
        String os = system.startsWith("Windows")
                ? "win32"
                : system.startsWith("Mac") ? "darwin" : system.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String cpu =
                switch (architecture) {
                    case "amd64", "x86_64" -> "x64";
                    case "aarch64" -> "arm64";
                    case "x86", "i386", "i686" -> "ia32";
                    default -> architecture;
                };
        return new Platform(os + "-" + cpu);
    }

    boolean isWindows() {
        return name.startsWith("win32");
    }

    String executableName() {
        return isWindows() ? "esbuild.exe" : "esbuild";
    }
}

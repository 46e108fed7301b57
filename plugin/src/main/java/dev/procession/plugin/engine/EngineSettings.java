package dev.procession.plugin.engine;

import org.jspecify.annotations.Nullable;

/**
 * Which engine the user wants, as they typed it; nothing in it is checked yet.
 *
 * @param version {@code <esbuildVersion>}, or null
 * @param artifact {@code <esbuildArtifact>}, or null; {@code {platform}} in it stands for this machine's platform
 * @param sha256 {@code <esbuildSha256>}, one or several with commas between them, or null
 * @param executable {@code <esbuildExecutable>}, or null
 */
public record EngineSettings(
        @Nullable String version, @Nullable String artifact, @Nullable String sha256, @Nullable String executable) {

    /** The plugin's own choice. */
    public static final EngineSettings DEFAULT = new EngineSettings(null, null, null, null);

    /** Blank elements mean nothing. */
    public EngineSettings {
        version = blankToNull(version);
        artifact = blankToNull(artifact);
        sha256 = blankToNull(sha256);
        executable = blankToNull(executable);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }
}

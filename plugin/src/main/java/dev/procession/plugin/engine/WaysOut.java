package dev.procession.plugin.engine;

import java.util.List;

/** What a user can do whose build cannot have the engine. */
final class WaysOut {
    private WaysOut() {}

    static String text(
            Platform platform, List<Candidates.Candidate> tried, List<String> refusals, EngineSettings settings) {
        String version = settings.version() != null
                ? settings.version()
                : tried.isEmpty() ? "0.28.2" : tried.get(0).coordinate().version();
        StringBuilder text = new StringBuilder("esbuild for ").append(platform.name()).append(" cannot be had.");
        String line = System.lineSeparator();
        if (refusals.isEmpty()) {
            text.append(" No Maven repository is known to have it.");
        } else {
            text.append(" Tried:");
            refusals.forEach(refusal -> text.append(line).append("  - ").append(refusal));
        }
        return text.append(line)
                .append("There are three ways out:")
                .append(line)
                .append("  1. let Maven reach a repository that has it, such as a mirror of Maven Central; or put the executable")
                .append(" of npm's package @esbuild/")
                .append(platform.name())
                .append(" into a jar of your own repository and name it: <esbuildArtifact>group:artifact:")
                .append(version)
                .append("</esbuildArtifact>, with <esbuildSha256> if this plugin does not know it")
                .append(line)
                .append("  2. name another version in <esbuildVersion>")
                .append(line)
                .append("  3. name a program that is on this machine: <esbuildExecutable>/path/to/")
                .append(platform.executableName())
                .append("</esbuildExecutable>")
                .toString();
    }
}

package dev.procession.plugin.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which artifacts may hold the engine that the user wants, in the order in which they are tried. */
final class Candidates {
    private final Platform platform;
    private final EngineTable table;
    private final EngineSettings settings;

    Candidates(Platform platform, EngineTable table, EngineSettings settings) {
        this.platform = platform;
        this.table = table;
        this.settings = settings;
    }

    /**
     * An artifact that may hold it.
     *
     * @param sha256 which contents are right, at least one
     */
    record Candidate(Coordinate coordinate, List<String> sha256) {}

    List<Candidate> list() {
        List<String> stated = stated();
        String artifact = settings.artifact();
        if (artifact != null) {
            Coordinate coordinate = Coordinate.parse(artifact.replace("{platform}", platform.name()))
                    .orElseThrow(() -> new EngineFailedException("<esbuildArtifact>" + artifact
                            + "</esbuildArtifact>: write group:artifact:version, as in"
                            + " org.webjars.npm:esbuild__linux-x64:0.28.2"));
            return List.of(candidate(coordinate, version(coordinate), stated, "<esbuildArtifact>"));
        }
        String version = settings.version();
        List<Candidate> candidates = new ArrayList<>();
        for (EngineTable.Row row : table.of(platform)) {
            if (version == null || row.version().equals(version)) {
                Optional<Coordinate> coordinate = row.coordinate();
                if (coordinate.isPresent()) {
                    candidates.add(new Candidate(coordinate.get(), stated.isEmpty() ? List.of(row.sha256()) : stated));
                }
            }
        }
        if (version != null) {
            // Both publishers have a scheme; an artifact that the table does not know yet is found by it.
            for (String scheme : List.of("org.webjars.npm:esbuild__", "org.mvnpm.at.esbuild:")) {
                Coordinate coordinate = Coordinate.parse(scheme + platform.name() + ":" + version)
                        .orElseThrow(() -> new EngineFailedException(
                                "<esbuildVersion> must be a version such as 0.28.2: esbuildVersion=" + version));
                if (candidates.stream().noneMatch(known -> known.coordinate().equals(coordinate))) {
                    candidates.add(candidate(coordinate, version, stated, "<esbuildVersion>"));
                }
            }
        }
        return candidates;
    }

    /** The version of the engine in it, which may be a part of the artifact's: {@code 0.28.2-company-1}. */
    private String version(Coordinate coordinate) {
        String stated = settings.version();
        return stated == null ? coordinate.version() : stated;
    }

    private Candidate candidate(Coordinate coordinate, String version, List<String> stated, String element) {
        if (!stated.isEmpty()) {
            return new Candidate(coordinate, stated);
        }
        Optional<String> known = table.sha256(platform, version);
        return new Candidate(
                coordinate,
                List.of(known.orElseThrow(
                        () -> new EngineFailedException(element + ": this plugin does not know esbuild "
                                + version + " for " + platform.name()
                                + "; name the SHA-256 of its executable in <esbuildSha256>, as npm publishes it in the package"
                                + " @esbuild/" + platform.name() + ", or use one of " + versions()))));
    }

    private String versions() {
        return String.join(
                ", ",
                table.of(platform).stream()
                        .map(EngineTable.Row::version)
                        .distinct()
                        .toList());
    }

    List<String> stated() {
        String typed = settings.sha256();
        if (typed == null) {
            return List.of();
        }
        List<String> sums = new ArrayList<>();
        for (String part : typed.split(",", -1)) {
            String sum = part.trim().toLowerCase(Locale.ROOT);
            if (!sum.matches("[0-9a-f]{64}")) {
                throw new EngineFailedException(
                        "<esbuildSha256> must be 64 hexadecimal digits, or several of them with commas between:"
                                + " esbuildSha256=" + part.trim());
            }
            sums.add(sum);
        }
        return sums;
    }
}

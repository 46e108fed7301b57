package dev.procession.plugin.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringTokenizer;

/** The table {@code engines.txt}: which executables there are in Maven repositories, and their SHA-256. */
final class EngineTable {
    private static final String ABSENT = "absent";

    private final List<Row> rows;

    /**
     * @param artifact {@code group:artifact}, empty when no public repository has it
     */
    record Row(String platform, String version, Optional<String> artifact, String sha256) {
        Optional<Coordinate> coordinate() {
            return artifact.isEmpty() ? Optional.empty() : Coordinate.parse(artifact.get() + ":" + version);
        }
    }

    private EngineTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    static EngineTable read() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(EngineTable.class.getResourceAsStream("engines.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    StringTokenizer fields = new StringTokenizer(line, " ");
                    String platform = fields.nextToken();
                    String version = fields.nextToken();
                    String artifact = fields.nextToken();
                    rows.add(new Row(
                            platform,
                            version,
                            artifact.equals(ABSENT) ? Optional.empty() : Optional.of(artifact),
                            fields.nextToken()));
                }
            }
        }
        return new EngineTable(rows);
    }

    List<Row> of(Platform platform) {
        List<Row> found = new ArrayList<>();
        for (Row row : rows) {
            if (row.platform().equals(platform.name())) {
                found.add(row);
            }
        }
        return found;
    }

    /** What npm's executable of that version is; empty when this plugin does not know it. */
    Optional<String> sha256(Platform platform, String version) {
        return of(platform).stream()
                .filter(row -> row.version().equals(version))
                .map(Row::sha256)
                .findFirst();
    }

    List<Row> rows() {
        return rows;
    }
}

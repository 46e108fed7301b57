package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who creates or sweeps sessions is killed at every step: the next sweep leaves the living ones, and nothing else. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SessionDirectoryDeathIT {
    @TempDir
    Path base;

    /** The victim. */
    static final class Sweeper {
        private Sweeper() {}

        public static void main(String[] args) throws IOException {
            Path base = Path.of(args[0]);
            Path session = SessionDirectory.create(base, made -> Files.writeString(made.resolve("content"), "x"));
            SessionDirectory.sweep(base, session::equals);
        }
    }

    static Stream<String> labels() throws IOException {
        return FaultLabels.inSources("session.").stream();
    }

    @ParameterizedTest
    @MethodSource("labels")
    void base_userKilled_isSweptByTheNext(String label) throws Exception {
        Path living = SessionDirectory.create(base, made -> {});
        Victim.run(Sweeper.class, label, base.toString());
        assertTrue(SessionDirectory.confirm(living));
        for (Path session : SessionDirectory.list(base)) {
            if (label.equals("session.marked")) {
                assertTrue(SessionDirectory.confirm(session), "the mark of a dead sweeper");
            }
        }
        try (Stream<Path> entries = Files.list(base)) {
            for (Path entry : entries.toList()) {
                Files.setLastModifiedTime(entry, FileTime.from(Instant.now().minusSeconds(3600)));
            }
        }

        SessionDirectory.sweep(base, session -> !session.equals(living));

        try (Stream<Path> entries = Files.list(base)) {
            assertEquals(
                    Stream.of(living, base.resolve("sweep.lock")).sorted().toList(),
                    entries.sorted().toList(),
                    List.of(label).toString());
        }
    }
}

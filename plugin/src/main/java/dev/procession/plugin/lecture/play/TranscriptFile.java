package dev.procession.plugin.lecture.play;

import dev.procession.plugin.lecture.Line;
import dev.procession.plugin.lecture.Performance;
import dev.procession.plugin.lecture.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Keeps one run of an example as a text file, in UTF-8 whatever the console can print. */
record TranscriptFile(Path directory, Narrator narrator) {

    static String name(Topic topic) {
        return topic.number() + "-" + topic.name() + ".txt";
    }

    /** Replaces the file of an earlier run, at once and as a whole. */
    Path write(Performance performance) throws IOException {
        Topic topic = performance.topic();
        List<String> lines = new ArrayList<>(narrator.introduction(topic));
        for (Line line : performance.transcript()) {
            lines.add(narrator.line(topic, line));
        }
        lines.addAll(narrator.outcome(performance));
        Files.createDirectories(directory);
        Path file = directory.resolve(name(topic));
        Path draft = Files.createTempFile(directory, ".", ".txt");
        try {
            Files.write(draft, lines, StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        return file;
    }
}

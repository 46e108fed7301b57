package dev.procession.plugin.lecture.play;

import dev.procession.plugin.lecture.LectureFailedException;
import dev.procession.plugin.lecture.Terminal;
import dev.procession.plugin.lecture.Texts;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.report.BuildLog;
import java.util.List;
import java.util.Optional;

/** Asks what is to be played, until that is understood, or nothing is wanted. */
record Menu(Programme programme, Texts texts, BuildLog log, Terminal terminal) {

    /** Returns the choice; empty for none. */
    List<Topic> ask() {
        while (true) {
            Optional<String> typed = terminal.ask(texts.of("ask") + " ");
            if (typed.isEmpty() || typed.get().isBlank()) {
                return List.of();
            }
            try {
                return programme.choose(typed.get());
            } catch (LectureFailedException e) {
                log.warn(String.valueOf(e.getMessage()));
            }
        }
    }
}

package dev.procession.plugin.lecture.play;

import dev.procession.plugin.lecture.Language;
import dev.procession.plugin.lecture.LectureFailedException;
import dev.procession.plugin.lecture.Line;
import dev.procession.plugin.lecture.OwnExamples;
import dev.procession.plugin.lecture.Performance;
import dev.procession.plugin.lecture.Performer;
import dev.procession.plugin.lecture.Screen;
import dev.procession.plugin.lecture.Speed;
import dev.procession.plugin.lecture.Terminal;
import dev.procession.plugin.lecture.Texts;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.lecture.page.Bilingual;
import dev.procession.plugin.lecture.page.DemoPages;
import dev.procession.plugin.lecture.page.ExampleSources;
import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.WorkerCode;
import dev.procession.process.ClassDataArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the examples that were asked for, tells what they show, and fails when one of them broke its word. */
public final class Lecture {
    /** To make one takes as long as it saves at this many examples. */
    private static final int WORTH_AN_ARCHIVE = 8;

    private static final int TITLE_COLUMN = 18;

    private final LectureRequest request;
    private final Screen log;
    private final Programme programme;
    private int shown; // of the example that is played; guarded by its transcript

    /**
     * A lecture that is about to begin.
     *
     * @param request what to play
     * @param log where to tell it
     */
    public Lecture(LectureRequest request, BuildLog log) {
        this(request, log, Programme.ofTheLecture());
    }

    Lecture(LectureRequest request, BuildLog log, Programme programme) {
        this.request = request;
        this.log = new Screen(log, request.terminal());
        this.programme = programme;
    }

    /**
     * Plays them, or lists them when none was asked for.
     *
     * @return what came of it
     * @throws LectureFailedException when the request has a mistake, or when at least one example has failed; all of them
     *     were played then
     * @throws IOException when the transcripts cannot be written
     * @throws InterruptedException when this thread is interrupted; no child is left
     */
    public LectureResult run() throws IOException, InterruptedException {
        Speed speed = Speed.parse(request.speed());
        Texts texts = new Texts(Language.choose(request.language(), request.locale()));
        Programme all = programme.and(new OwnExamples(request.own()).topics());
        String typed = request.example();
        if (typed != null && !typed.isBlank()) {
            return play(all, all.choose(typed), texts, speed);
        }
        Texts printable = printable(texts);
        LectureResult listed = list(all, printable, false);
        Terminal terminal = request.terminal();
        List<Topic> chosen = terminal == null ? List.of() : new Menu(all, printable, log, terminal).ask();
        return chosen.isEmpty() ? listed : play(all, chosen, texts, speed);
    }

    private LectureResult play(Programme all, List<Topic> chosen, Texts texts, Speed speed)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        WorkerCode code = request.code();
        Optional<ClassDataArchive> archive =
                chosen.size() < WORTH_AN_ARCHIVE ? code.knownArchive(log) : code.archive(log);
        Performer performer = new Performer(code.classPath(), archive, speed, speed.limit(request.limit()), log);
        Narrator console = new Narrator(printable(texts));
        TranscriptFile file = new TranscriptFile(request.directory(), new Narrator(texts));
        DemoPages pages = new DemoPages(
                request.directory(),
                texts.language(),
                new Bilingual(),
                new ExampleSources(request.own().sources()));
        List<String> problems = new ArrayList<>();
        int checks = 0;
        int failed = 0;
        for (Topic topic : chosen) {
            console.introduction(topic).forEach(log::info);
            shown = 0;
            Performance performance = performer.perform(topic, line -> show(topic, line, console));
            console.outcome(performance).forEach(log::info);
            log.debug("written: " + file.write(performance));
            pages.add(performance);
            List<String> broken = performance.problems(console.texts());
            problems.addAll(broken);
            checks += performance.checks().size();
            failed += broken.isEmpty() ? 0 : 1;
        }
        Path index = pages.finish(all.topics());
        if (failed > 0) {
            throw failure(failed, chosen.size(), problems);
        }
        return new LectureResult(chosen.size(), checks, System.nanoTime() - begin, Optional.of(index));
    }

    /** Stack frames are left to the file: a dozen of them would hide what is to be seen. */
    private void show(Topic topic, Line line, Narrator console) {
        if (line.isStackFrame()) {
            return;
        }
        shown++;
        if (shown <= Line.MOST_SHOWN || line.isHeading()) {
            log.info(console.line(topic, line));
        } else if (shown == Line.MOST_SHOWN + 1) {
            log.info("    " + console.texts().of("further") + ": "
                    + request.directory().resolve(TranscriptFile.name(topic)));
        }
    }

    /**
     * Lists them, with the questions that they answer, and plays none.
     *
     * @return how many there are
     * @throws LectureFailedException when the request has a mistake
     * @throws IOException when a project's own examples cannot be read
     */
    public LectureResult list() throws IOException {
        Texts texts = new Texts(Language.choose(request.language(), request.locale()));
        return list(programme.and(new OwnExamples(request.own()).topics()), printable(texts), true);
    }

    private LectureResult list(Programme all, Texts texts, boolean withQuestions) {
        long begin = System.nanoTime();
        log.info(texts.of("examples"));
        for (Topic topic : all.topics()) {
            String name = topic.name();
            log.info("  " + topic.number() + "  " + name + " ".repeat(Math.max(1, TITLE_COLUMN - name.length()))
                    + texts.of(topic, "title"));
            for (int i = 1; withQuestions && texts.has(topic, "question." + i); i++) {
                log.info("        " + texts.of(topic, "question." + i));
            }
        }
        return new LectureResult(all.topics().size(), 0, System.nanoTime() - begin, Optional.empty());
    }

    /** English on a console without the letters of the language: question marks help nobody. */
    private Texts printable(Texts texts) {
        if (texts.canBePrintedIn(request.console())) {
            return texts;
        }
        log.warn("this console (" + request.console() + ") cannot print the language that was asked for, "
                + texts.language().code() + ", so the lecture is given in English here; set a UTF-8 locale, such as"
                + " LC_ALL=C.UTF-8" + whereItCanBeRead());
        return new Texts(Language.EN);
    }

    private String whereItCanBeRead() {
        String typed = request.example();
        return typed == null || typed.isBlank() ? "" : ", or read the files in " + request.directory();
    }

    private LectureFailedException failure(int failed, int played, List<String> problems) {
        StringBuilder text = new StringBuilder("demo: " + failed + " of " + Amount.of(played, "example") + " failed:");
        for (String problem : problems) {
            text.append(System.lineSeparator()).append("  - ").append(problem);
        }
        return new LectureFailedException(text.append(System.lineSeparator())
                .append("  The pages and transcripts are in ")
                .append(request.directory())
                .toString());
    }
}

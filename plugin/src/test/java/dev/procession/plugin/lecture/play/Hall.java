package dev.procession.plugin.lecture.play;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.ExampleCode;
import dev.procession.plugin.lecture.LectureFailedException;
import dev.procession.plugin.lecture.OwnCode;
import dev.procession.plugin.lecture.Terminal;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.WorkerCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A lecture for tests: keeps what is told. Its children have the tests on their class path, too. */
public final class Hall implements BuildLog {
    public final Path directory;
    public final List<String> told = new CopyOnWriteArrayList<>();
    public final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<String> details = new CopyOnWriteArrayList<>();

    @Nullable
    String example = "all";

    @Nullable
    String language = "en";

    public String speed = "1";
    Locale locale = Locale.ENGLISH;
    Charset console = StandardCharsets.UTF_8;
    public Duration limit = LectureRequest.LIMIT;
    Programme programme = Programme.ofTheLecture();
    OwnCode own = OwnCode.NONE;

    @Nullable
    Terminal terminal;

    public Hall(Path directory) {
        this.directory = directory;
    }

    /** Plays one example in the place of the lecture's. */
    public Hall playing(String number, String name, Supplier<Example> example) {
        return playing(List.of(new Topic(number, name, List.of(example))));
    }

    /** Plays these in the place of the lecture's. */
    public Hall playing(List<Topic> topics) {
        programme = new Programme(topics);
        return this;
    }

    public LectureResult run() throws Exception {
        return new Lecture(request(), this, programme).run();
    }

    LectureResult list() throws Exception {
        return new Lecture(request(), this, programme).list();
    }

    public LectureFailedException fail() {
        return assertThrows(LectureFailedException.class, this::run);
    }

    private LectureRequest request() {
        WorkerCode code = ExampleCode.get();
        return new LectureRequest(example, language, speed, locale, console, directory, code, limit, own, terminal);
    }

    /** What was told about checks: the lines that begin with {@code verdict}. */
    public List<String> checks(String verdict) {
        return told.stream()
                .map(String::strip)
                .filter(line -> line.startsWith(verdict + " "))
                .toList();
    }

    @Override
    public void info(String line) {
        told.add(line);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }

    @Override
    public void debug(String line) {
        details.add(line);
    }

    @Override
    public boolean debugs() {
        return true;
    }
}

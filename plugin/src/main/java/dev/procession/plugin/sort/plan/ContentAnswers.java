package dev.procession.plugin.sort.plan;

import dev.procession.plugin.work.TaskRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has contents read by others, some batches ahead, and gives the answers in the order of the files; those of which nothing
 * is asked come between them.
 */
final class ContentAnswers<T> {
    private static final int MOST_QUESTIONS = 256;
    private static final int MOST_FILES = 4096;
    private static final long MOST_BYTES = 16L << 20;

    /** A disk that needs longer than this for a batch is as good as gone. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final long SLOWEST_BYTES_PER_SECOND = 1_000_000;

    private final Supply<T> files;
    private final Asking<T> asking;
    private final Runners runners;
    private final Deque<Batch<T>> pending = new ArrayDeque<>();
    private Deque<Answer<T>> ready = new ArrayDeque<>();
    private boolean asked;
    private boolean atEnd;

    ContentAnswers(Supply<T> files, Asking<T> asking, Runners runners) {
        this.files = files;
        this.asking = asking;
        this.runners = runners;
    }

    /** Gives one after the other, and null at the end. */
    interface Supply<T> {
        @Nullable
        T next() throws IOException, InterruptedException;
    }

    /** What is to be found out about a file; null for nothing. */
    interface Asking<T> {
        ContentTask.@Nullable Question of(T file) throws IOException;
    }

    /**
     * What was found out.
     *
     * @param file of which
     * @param known whether something was asked, and the files could be read
     * @param value the answer
     */
    record Answer<T>(T file, boolean known, long value) {}

    private record Asked<T>(T file, boolean asks) {}

    private record Batch<T>(
            List<Asked<T>> files, long bytes, TaskRunner.@Nullable Answer<ContentTask.Answers> answers) {}

    /** The next file with its answer; null at the end. */
    @Nullable
    Answer<T> next() throws IOException, InterruptedException {
        while (ready.isEmpty()) {
            while (!atEnd && pending.size() < window()) {
                ask();
            }
            if (pending.isEmpty()) {
                return null;
            }
            ready = answers(pending.remove());
        }
        return ready.remove();
    }

    private int window() throws IOException, InterruptedException {
        // Nobody is to be started for nothing.
        return asked ? runners.window() : 1;
    }

    private void ask() throws IOException, InterruptedException {
        List<Asked<T>> batch = new ArrayList<>();
        List<ContentTask.Question> questions = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < MOST_FILES && questions.size() < MOST_QUESTIONS && bytes < MOST_BYTES) {
            T file = files.next();
            if (file == null) {
                atEnd = true;
                break;
            }
            ContentTask.Question question = asking.of(file);
            asked |= question != null;
            batch.add(new Asked<>(file, question != null));
            if (question != null) {
                questions.add(question);
                bytes += question.size();
            }
        }
        if (!batch.isEmpty()) {
            pending.add(new Batch<>(
                    batch, bytes, questions.isEmpty() ? null : runners.runner().submit(new ContentTask(questions))));
        }
    }

    private static <T> Deque<Answer<T>> answers(Batch<T> batch) throws IOException, InterruptedException {
        TaskRunner.Answer<ContentTask.Answers> asked = batch.answers();
        ContentTask.Answers answers = asked == null
                ? new ContentTask.Answers(0)
                : asked.await(LIMIT.plusSeconds(batch.bytes() / SLOWEST_BYTES_PER_SECOND));
        Deque<Answer<T>> all = new ArrayDeque<>(batch.files().size());
        int next = 0;
        for (Asked<T> file : batch.files()) {
            boolean known = file.asks() && answers.isKnown(next);
            all.add(new Answer<>(file.file(), known, known ? answers.value(next) : 0));
            next += file.asks() ? 1 : 0;
        }
        return all;
    }
}

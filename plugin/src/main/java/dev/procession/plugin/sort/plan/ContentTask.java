package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.copy.Traces;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.pool.PoolTask;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Reads contents to tell which are the same: the checksums of some files, or whether some pairs are equal byte by byte.
 * One unit of work for a worker process, or for a thread of the build's own JVM.
 */
final class ContentTask implements PoolTask<ContentTask.Answers> {
    private static final long serialVersionUID = 1L;

    private final String[] files;
    private final String[] others;

    ContentTask(List<Question> questions) {
        this.files = questions.stream().map(Question::file).toArray(String[]::new);
        this.others = questions.stream().map(Question::other).toArray(String[]::new);
    }

    /**
     * What is to be found out.
     *
     * @param file the raw path, absolute
     * @param other the raw path of the file that it is compared with; empty when its checksum is wanted
     * @param size how large it is
     */
    record Question(String file, String other, long size) {
        static Question hash(Path file, long size) {
            return new Question(RawName.of(file), "", size);
        }

        static Question same(Path file, Path other, long size) {
            return new Question(RawName.of(file), RawName.of(other), size);
        }
    }

    /** In the order of the questions. */
    static final class Answers implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long[] values;
        private final boolean[] known;

        Answers(int questions) {
            this.values = new long[questions];
            this.known = new boolean[questions];
        }

        private void put(int question, long value) {
            values[question] = value;
            known[question] = true;
        }

        /** Whether the files could be read. */
        boolean isKnown(int question) {
            return known[question];
        }

        /** A checksum; or 1 for files that are equal, 0 for those that are not. */
        long value(int question) {
            return values[question];
        }
    }

    @Override
    public Answers call() throws InterruptedException {
        Content content = Content.ofThread();
        Answers answers = new Answers(files.length);
        for (int i = 0; i < files.length; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                answers.put(i, answer(content, i));
            } catch (IOException e) {
                // Not known: who cannot be read now is told of when it is to be copied.
            }
        }
        return answers;
    }

    private long answer(Content content, int i) throws IOException {
        Path file = regular(files[i]);
        return others[i].isEmpty() ? content.hash(file) : content.same(regular(others[i]), file) ? 1 : 0;
    }

    /** Looked at before it is opened: opening a pipe would wait for a writer for ever. */
    private static Path regular(String raw) throws IOException {
        Path file = RawName.absolute(raw);
        BasicFileAttributes found = Traces.look(file);
        if (found == null || !found.isRegularFile()) {
            throw new IOException(raw);
        }
        return file;
    }

    @Override
    public String toString() {
        String first = "compare " + RawName.shown(files[0]);
        return files.length == 1 ? first : first + " and " + (files.length - 1) + " more";
    }
}

package dev.procession.plugin.sort.failure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gathers what the user has to mend, so that all of it is told at once. */
public final class Mistakes {
    private final List<String> told = new ArrayList<>();

    /** Understands something that the user typed. */
    public interface Understanding<T> {
        T get() throws IOException;
    }

    /** What was understood, or {@code otherwise} when that was a mistake. */
    public <T> T or(T otherwise, Understanding<T> understanding) throws IOException {
        try {
            return understanding.get();
        } catch (SortFailedException e) {
            told.add(String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    /** Tells them, if there are any. */
    public void check() {
        if (!told.isEmpty()) {
            throw new SortFailedException(String.join(System.lineSeparator(), told));
        }
    }
}

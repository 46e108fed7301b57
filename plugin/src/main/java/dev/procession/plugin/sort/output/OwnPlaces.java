package dev.procession.plugin.sort.output;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Where the goal keeps what in an output.
 *
 * <pre>
 *   .procession/lock            held by the run that is at work
 *   .procession/workers         held, shared, by each worker while it works on a batch
 *   .procession/index           what is remembered of the runs that were merged into it
 *   .procession/scratch/        what does not fit into memory, while a run goes on
 *   .procession/run-7/journal   what the seventh run did
 *   .procession/run-7/drafts/   files that are not whole yet
 *   .procession/run-7/kept/     what it displaced
 *   .procession/undo-8/journal  what was undone, until it is merged into the index
 *   .procession/forgotten-7/    what is left of a run that was forgotten, until it is merged into the index
 *   .procession/gaps            after a run that did not end by itself: see {@code MemoryGaps}
 * </pre>
 *
 * @param directory the directory {@code .procession}
 */
public record OwnPlaces(Path directory) {
    public static final String NAME = ".procession";
    private static final String RUN = "run-";
    private static final String UNDO = "undo-";
    private static final String FORGOTTEN = "forgotten-";

    public Path lock() {
        return directory.resolve("lock");
    }

    public Path workers() {
        return directory.resolve("workers");
    }

    public Path index() {
        return directory.resolve("index");
    }

    public Path gaps() {
        return directory.resolve("gaps");
    }

    public Path scratch() {
        return directory.resolve("scratch");
    }

    public Run run(int number) {
        return new Run(number, directory.resolve(RUN + number));
    }

    /** For what is remembered an undoing is a run like any other. */
    public Run undo(int number) {
        return new Run(number, directory.resolve(UNDO + number));
    }

    /** The runs that can be undone, the first one first. */
    public List<Run> runs() throws IOException {
        return numbers(RUN).stream().map(this::run).toList();
    }

    private Run forgotten(int number) {
        return new Run(number, directory.resolve(FORGOTTEN + number));
    }

    /**
     * Lets go of what a run kept aside. From the first moment on it is no run that could be undone, so a kill in the middle
     * leaves none without what it displaced; and it makes room, and needs none.
     *
     * @return what is left of it
     */
    public Run forget(Run run) throws IOException {
        Run forgotten = forgotten(run.number());
        Files.move(run.directory(), forgotten.directory(), StandardCopyOption.ATOMIC_MOVE);
        forgotten.removeAllButJournal();
        return forgotten;
    }

    /** Completes what a kill may have left undone. */
    public void completeForgetting() throws IOException {
        for (int number : numbers(FORGOTTEN)) {
            forgotten(number).removeAllButJournal();
        }
    }

    /** What serves nobody when it is merged into the index: what was undone, and what is left of forgotten runs. */
    public List<Run> leftovers() throws IOException {
        List<Run> leftovers = new ArrayList<>();
        numbers(UNDO).forEach(number -> leftovers.add(undo(number)));
        numbers(FORGOTTEN).forEach(number -> leftovers.add(forgotten(number)));
        return leftovers;
    }

    /** All of them, in the order of time. */
    public List<Run> all() throws IOException {
        List<Run> all = new ArrayList<>(runs());
        all.addAll(leftovers());
        all.sort(Comparator.comparingInt(Run::number));
        return all;
    }

    private List<Integer> numbers(String kind) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return numbers;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, kind + "*")) {
            for (Path entry : entries) {
                String number = String.valueOf(entry.getFileName()).substring(kind.length());
                if (number.matches("[1-9][0-9]{0,8}") && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    numbers.add(Integer.parseInt(number));
                }
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    /**
     * What one run has for itself.
     *
     * @param number the how manieth it is
     * @param directory where
     */
    public record Run(int number, Path directory) {
        public String name() {
            return RUN + number;
        }

        public Path journal() {
            return directory.resolve("journal");
        }

        public Path drafts() {
            return directory.resolve("drafts");
        }

        public Path kept() {
            return directory.resolve("kept");
        }

        /** The raw path of what was kept, relative to the output. */
        public String keptTarget(int number) {
            return NAME + "/" + name() + "/kept/" + number;
        }

        public void removeDrafts() throws IOException {
            if (Files.isDirectory(drafts(), LinkOption.NOFOLLOW_LINKS)) {
                try (DirectoryStream<Path> clones = Files.newDirectoryStream(drafts(), "clones-*")) {
                    for (Path directory : clones) {
                        removeFlat(directory);
                    }
                }
                removeFlat(drafts());
            }
        }

        private void removeAllButJournal() throws IOException {
            removeDrafts();
            removeFlat(kept());
        }

        /** Removes all of it, the journal last: a kill in the middle leaves what can be removed again. */
        public void remove() throws IOException {
            removeAllButJournal();
            removeFlat(directory);
        }
    }

    /** Removes a directory that holds files alone. */
    public static void removeFlat(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Files.deleteIfExists(entry);
            }
        }
        Files.deleteIfExists(directory);
    }
}

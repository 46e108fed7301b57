package dev.procession.plugin.sort;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
 *   .procession/run-7/undone    what of it was undone
 *   .procession/run-7/drafts/   files that are not whole yet
 *   .procession/run-7/kept/     what it displaced
 * </pre>
 *
 * @param directory the directory {@code .procession}
 */
record OwnPlaces(Path directory) {
    static final String NAME = ".procession";
    private static final String RUN = "run-";

    Path lock() {
        return directory.resolve("lock");
    }

    Path workers() {
        return directory.resolve("workers");
    }

    Path index() {
        return directory.resolve("index");
    }

    Path scratch() {
        return directory.resolve("scratch");
    }

    Run run(int number) {
        return new Run(number, directory.resolve(RUN + number));
    }

    /** The runs that have left something, the first one first. */
    List<Run> runs() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, RUN + "*")) {
            for (Path entry : entries) {
                String number = String.valueOf(entry.getFileName()).substring(RUN.length());
                if (number.matches("[1-9][0-9]{0,8}") && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    numbers.add(Integer.parseInt(number));
                }
            }
        }
        Collections.sort(numbers);
        return numbers.stream().map(this::run).toList();
    }

    /**
     * What one run has for itself.
     *
     * @param number the how manieth it is
     * @param directory where
     */
    record Run(int number, Path directory) {
        String name() {
            return RUN + number;
        }

        Path journal() {
            return directory.resolve("journal");
        }

        Path undone() {
            return directory.resolve("undone");
        }

        Path drafts() {
            return directory.resolve("drafts");
        }

        Path kept() {
            return directory.resolve("kept");
        }

        /** The raw path of what was kept, relative to the output. */
        String keptTarget(int number) {
            return NAME + "/" + name() + "/kept/" + number;
        }

        void removeDrafts() throws IOException {
            removeFlat(drafts());
        }

        /** Removes all of it, the journal last: a kill in the middle leaves what can be removed again. */
        void remove() throws IOException {
            removeFlat(drafts());
            removeFlat(kept());
            Files.deleteIfExists(undone());
            removeFlat(directory);
        }

        private static void removeFlat(Path directory) throws IOException {
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
}

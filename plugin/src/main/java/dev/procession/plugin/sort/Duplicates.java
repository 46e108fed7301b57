package dev.procession.plugin.sort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds files of the same content: of the same size, then with the same 64 bits of checksums, then byte by byte. Reads
 * only files whose size another one has. Empty files are no duplicates of each other: they stand for their names.
 */
final class Duplicates {
    private final SortPlaces places;
    private final Content content = Content.ofThread();
    private final LongSet sizes = new LongSet();
    private final LongSet repeatedSizes = new LongSet();
    private final Map<Long, Original> originals = new HashMap<>();

    Duplicates(SortPlaces places) {
        this.places = places;
    }

    /** The first file of its content. */
    static final class Original {
        private final Path path;
        private String target;

        private Original(Path path, String target) {
            this.path = path;
            this.target = target;
        }

        /** Where it is placed, relative to the output; empty until it has a name. */
        String target() {
            return target;
        }

        void target(String given) {
            target = given;
        }
    }

    /** First all files are told of by their sizes. */
    void addSize(long size) {
        if (!sizes.add(size)) {
            repeatedSizes.add(size);
        }
    }

    /** Then all that are in place already. */
    void addPlaced(JournalEntry entry) throws IOException {
        long size = entry.placed().size();
        if (size > 0 && sizes.contains(size) && entry.how() != How.DUPLICATE) {
            Path copy = RawName.resolve(places.output(), entry.target());
            var found = Traces.look(copy);
            if (found != null && found.isRegularFile() && found.size() == size) {
                repeatedSizes.add(size);
                originals.putIfAbsent(content.hash(copy), new Original(copy, entry.target()));
            }
        }
    }

    /**
     * Then each file is asked for, in order.
     *
     * @return the file that has this one's content; null when there was none, and now it is the first
     */
    @Nullable
    Original originalOf(SourceFile file) throws IOException {
        long size = file.stat().size();
        if (size == 0 || !repeatedSizes.contains(size)) {
            return null;
        }
        Path path = RawName.resolve(places.source(), file.path());
        long hash = content.hash(path);
        while (true) {
            Original original = originals.get(hash);
            if (original == null) {
                original = new Original(path, "");
                originals.put(hash, original);
                lastNew = original;
                return null;
            }
            if (content.same(original.path, path)) {
                return original;
            }
            // Two contents with the same checksums: the next number is as good.
            hash++;
        }
    }

    private @Nullable Original lastNew;

    /** What the last question has made an original of; null when it has not. To be asked once. */
    @Nullable
    Original takeNew() {
        Original made = lastNew;
        lastNew = null;
        return made;
    }
}

package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.copy.Recognition;
import dev.procession.plugin.sort.copy.Traces;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.LongSet;
import dev.procession.plugin.sort.store.SpillList;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds files of the same content: of the same size, then with the same 64 bits of checksums, then byte by byte. Has only
 * files read whose size another one has, and by others. Empty files are no duplicates of each other: they stand for their
 * names.
 */
final class Duplicates {
    private final SortPlaces places;
    private final Runners runners;
    private final Content content = Content.ofThread();
    private final LongSet sizes = new LongSet();
    private final LongSet repeatedSizes = new LongSet();
    private final Map<Long, Original> byHash = new HashMap<>();
    private final Map<Long, Original> byOrdinal = new HashMap<>();
    private final List<Duplicate> found = new ArrayList<>();

    Duplicates(SortPlaces places, Runners runners) {
        this.places = places;
        this.runners = runners;
    }

    /** The first file of its content. */
    static final class Original {
        private final Path path;
        private final FileStat stat;
        private String target;

        private Original(Path path, FileStat stat, String target) {
            this.path = path;
            this.stat = stat;
            this.target = target;
        }

        /** What it is like in its place. */
        FileStat placed() {
            return new FileStat(stat.size(), stat.modifiedNanos(), Recognition.UNKNOWN);
        }

        /** Where it is placed, relative to the output; empty until it has a name. */
        String target() {
            return target;
        }
    }

    /** A file that is not placed, and the one that has its content. */
    record Duplicate(SourceFile file, Original original) {}

    /** @param first the one that has its checksums; itself when it is the first; null when it was not read */
    private record Candidate(
            Wanted file, long hash, @Nullable Original first, boolean isFirst) {}

    /** Looks at all files that are to be placed; those that are no duplicates, in their order, get into a list. */
    void find(SpillList<Wanted> wanted, Memory memory, KnownDuplicates known, SpillList<Wanted> unique)
            throws IOException, InterruptedException {
        long bytes = 0;
        try (Cursor<Wanted> files = wanted.values()) {
            for (Wanted file = files.next(); file != null; file = files.next()) {
                long size = file.file().stat().size();
                bytes += size;
                if (!sizes.add(size)) {
                    repeatedSizes.add(size);
                }
            }
        }
        runners.expect(Runners.Work.COMPARING, wanted.size(), bytes);
        addPlaced(memory, known);
        try (Cursor<Wanted> files = wanted.values()) {
            ContentAnswers<Wanted> hashed = new ContentAnswers<>(files::next, this::hash, runners);
            ContentAnswers<Candidate> compared =
                    new ContentAnswers<>(() -> candidate(hashed.next()), this::same, runners);
            for (ContentAnswers.Answer<Candidate> answer = compared.next(); answer != null; answer = compared.next()) {
                Original original = original(answer);
                if (original != null) {
                    found.add(new Duplicate(answer.file().file().file(), original));
                } else {
                    unique.add(answer.file().file());
                }
            }
        }
    }

    /** What was found, in the order of the paths. */
    List<Duplicate> found() {
        return found;
    }

    /** A file has got its name. */
    void placed(long ordinal, String target) {
        Original original = byOrdinal.get(ordinal);
        if (original != null) {
            original.target = target;
        }
    }

    /** What is in place already, and stays so, has a content first. */
    private void addPlaced(Memory memory, KnownDuplicates known) throws IOException, InterruptedException {
        try (Cursor<JournalEntry> entries = memory.entries()) {
            ContentAnswers<JournalEntry> hashed = new ContentAnswers<>(
                    entries::next, entry -> known.isLeaving(entry.target()) ? null : hash(entry), runners);
            for (var answer = hashed.next(); answer != null; answer = hashed.next()) {
                if (answer.known()) {
                    String target = answer.file().target();
                    byHash.putIfAbsent(
                            answer.value(),
                            new Original(
                                    RawName.resolve(places.output(), target),
                                    answer.file().placed(),
                                    target));
                }
            }
        }
    }

    private ContentTask.@Nullable Question hash(JournalEntry entry) throws IOException {
        long size = entry.placed().size();
        if (size == 0 || !sizes.contains(size) || entry.how() == How.DUPLICATE) {
            return null;
        }
        Path copy = RawName.resolve(places.output(), entry.target());
        BasicFileAttributes there = Traces.look(copy);
        if (there == null || !there.isRegularFile() || there.size() != size) {
            return null;
        }
        repeatedSizes.add(size);
        return ContentTask.Question.hash(copy, size);
    }

    private ContentTask.@Nullable Question hash(Wanted file) {
        long size = file.file().stat().size();
        return size > 0 && repeatedSizes.contains(size) ? ContentTask.Question.hash(path(file), size) : null;
    }

    private @Nullable Candidate candidate(ContentAnswers.@Nullable Answer<Wanted> hashed) {
        if (hashed == null) {
            return null;
        }
        Wanted file = hashed.file();
        if (!hashed.known()) {
            return new Candidate(file, 0, null, false);
        }
        Original first = byHash.get(hashed.value());
        if (first != null) {
            return new Candidate(file, hashed.value(), first, false);
        }
        return new Candidate(file, hashed.value(), add(file, hashed.value()), true);
    }

    private Original add(Wanted file, long hash) {
        Original original = new Original(path(file), file.file().stat(), "");
        byHash.put(hash, original);
        byOrdinal.put(file.ordinal(), original);
        return original;
    }

    private ContentTask.@Nullable Question same(Candidate candidate) {
        Original first = candidate.first();
        return first == null || candidate.isFirst()
                ? null
                : ContentTask.Question.same(
                        path(candidate.file()),
                        first.path,
                        candidate.file().file().stat().size());
    }

    /** The file that has this one's content; null when there was none, or it cannot be told. */
    private @Nullable Original original(ContentAnswers.Answer<Candidate> compared) {
        if (!compared.known()) {
            return null;
        }
        return compared.value() == 1
                ? compared.file().first()
                : next(compared.file().file(), compared.file().hash());
    }

    /** Two contents with the same checksums, which nobody but an enemy makes: the next number is as good. */
    private @Nullable Original next(Wanted file, long taken) {
        long hash = taken + 1;
        for (Original other = byHash.get(hash); other != null; other = byHash.get(hash)) {
            try {
                if (content.same(other.path, path(file))) {
                    return other;
                }
            } catch (IOException e) {
                // Who cannot be read now is told of when it is to be copied.
                return null;
            }
            hash++;
        }
        add(file, hash);
        return null;
    }

    private Path path(Wanted file) {
        return RawName.resolve(places.source(), file.file().path());
    }
}

package dev.procession.plugin.sort;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Clears up after runs that did not end by themselves: learns what they had placed without saying so, and removes their
 * drafts.
 *
 * <p>A run's directory is moved away first. Workers of a killed run live for up to two seconds; once the directory has
 * another name they find neither their drafts nor a place for new ones, so nothing is placed behind our back.
 */
final class Recovery {
    private static final String LIVE = "run-";
    private static final String DEAD = "dead-";

    private final SortPlaces places;
    private final Journal journal;
    private final Proof proof;
    private final BuildLog log;

    Recovery(SortPlaces places, Journal journal, Publishing publishing, BuildLog log) {
        this.places = places;
        this.journal = journal;
        this.proof = new Proof(publishing);
        this.log = log;
    }

    /** The name of a new run's directory. */
    static String runName() {
        // Of this process at this moment; the output is locked, so there is no second one.
        return LIVE + Long.toHexString(System.currentTimeMillis()) + "-" + Long.toHexString(System.nanoTime());
    }

    void run() throws IOException {
        for (Path live : directories(LIVE)) {
            Files.move(live, places.own().resolve(DEAD + live.getFileName()));
        }
        List<Path> dead = directories(DEAD);
        if (dead.isEmpty()) {
            return;
        }
        Map<String, Path> byRun = new HashMap<>();
        dead.forEach(directory -> byRun.put(directory.getFileName().toString().substring(DEAD.length()), directory));
        List<JournalEntry> found = new ArrayList<>();
        for (Intent intent : journal.intents()) {
            Path directory = byRun.get(intent.run());
            if (directory != null) {
                placed(intent, directory.resolve(Integer.toString(intent.number())))
                        .ifPresent(found::add);
            }
        }
        journal.record(found);
        for (Path directory : dead) {
            remove(directory);
        }
        log.debug("cleared up after a run that did not end by itself; it had placed " + Amount.of(found.size(), "file")
                + " more than it could say");
    }

    private Optional<JournalEntry> placed(Intent intent, Path draft) throws IOException {
        Path target = RawName.resolve(places.output(), intent.target());
        Path source = RawName.resolve(places.output(), intent.key()).normalize();
        JournalEntry known = journal.find(intent.key());
        try {
            Optional<PlaceOutcome.Done> done = proof.ofPlaced(source, draft, target);
            if (done.isEmpty()) {
                proof.withdrawClaim(draft, target);
                return Optional.empty();
            }
            if (known != null
                    && known.target().equals(intent.target())
                    && known.placed().equals(done.get().placed())) {
                // It could say so, and was killed before it removed the draft.
                return Optional.empty();
            }
            return Optional.of(new JournalEntry(
                    intent.key(),
                    done.get().source(),
                    intent.target(),
                    done.get().placed(),
                    done.get().sum(),
                    false));
        } catch (NotDirectoryException e) {
            return Optional.empty();
        }
    }

    private List<Path> directories(String prefix) throws IOException {
        List<Path> directories = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(places.own(), prefix + "*")) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    directories.add(entry);
                }
            }
        }
        return directories;
    }

    /** Removes a run's directory with the drafts in it; it has no folders. */
    static void remove(Path directory) throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory)) {
            for (Path draft : drafts) {
                Files.deleteIfExists(draft);
            }
        }
        Files.deleteIfExists(directory);
    }
}

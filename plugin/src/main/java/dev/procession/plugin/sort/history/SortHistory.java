package dev.procession.plugin.sort.history;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.copy.Recovery;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.journal.History;
import dev.procession.plugin.sort.journal.Index;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.journal.RunLog;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OutputLock;
import dev.procession.plugin.sort.output.OutputTraits;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.store.Scratch;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of an output, and how it gets back: undoes a run, verifies what was placed, forgets runs. Keeps other runs
 * out while it does so; what a kill leaves another call completes.
 */
public final class SortHistory {
    private static final String UNDO_AGAIN =
            "move these away, or put back by hand what you miss, and undo again; or let go of the run with forget-run";

    private final HistoryRequest request;
    private final BuildLog log;

    /**
     * A history that nothing was asked of yet.
     *
     * @param request which output
     * @param log where details and warnings go; the result is returned, not logged
     */
    public SortHistory(HistoryRequest request, BuildLog log) {
        this.request = request;
        this.log = log;
    }

    /**
     * Puts everything back as it was before a run, bit for bit; what was changed since is left as it is, and told of.
     *
     * @return what was done
     * @throws SortFailedException when the user has to mend something, or when entries could not be put back
     * @throws IOException when the machine fails
     * @throws InterruptedException when the thread is interrupted; another call goes on from there
     */
    public HistoryResult undo() throws IOException, InterruptedException {
        return locked(UNDO_AGAIN, (places, scratch) -> {
            long began = System.nanoTime();
            OutputTraits traits = recovered(places, List.of());
            OwnPlaces.Run run = lastRun(places);
            Failures failures = new Failures();
            OwnPlaces.Run place =
                    places.own().undo(Memory.open(places.own(), scratch).nextRun());
            RunUndo undo = new RunUndo(places.output(), run, place, traits, failures, log);
            undo.run();
            if (failures.count() == 0) {
                new History(places.own(), scratch, log).forget(List.of(run));
            }
            return new HistoryResult(
                    undo.files(),
                    "undone " + run.name() + ": " + Amount.of(undo.files(), "file") + " put back"
                            + (failures.count() > 0 ? ", " + Amount.number(failures.count()) + " not" : "") + " in "
                            + Amount.seconds(System.nanoTime() - began) + ": "
                            + places.shownOutput(request.displayDirectory()),
                    failures.lines());
        });
    }

    /**
     * Compares what was placed with what is there: the contents of copies, size and time of what was moved or linked.
     *
     * @return what was found
     * @throws SortFailedException when the user has to mend something, or when files are not as they were placed
     * @throws IOException when the machine fails
     * @throws InterruptedException when the thread is interrupted
     */
    public HistoryResult verify() throws IOException, InterruptedException {
        return locked("", (places, scratch) -> {
            long began = System.nanoTime();
            recovered(places, List.of());
            Failures failures = new Failures();
            Verification verification = new Verification(places.output(), failures);
            verification.run(Memory.open(places.own(), scratch));
            return new HistoryResult(
                    verification.files(),
                    "verified " + Amount.of(verification.files(), "file") + " ("
                            + Amount.bytes(verification.bytes()) + ") in "
                            + Amount.seconds(System.nanoTime() - began) + ", "
                            + Amount.number(verification.bySizeAndTime()) + " of them by size and time alone, "
                            + Amount.number(failures.count()) + " not as placed: "
                            + places.shownOutput(request.displayDirectory()),
                    failures.lines());
        });
    }

    /**
     * Lets go of what is kept to undo a run, and of what it displaced. What it placed stays, and stays known.
     *
     * @return what was done
     * @throws SortFailedException when the user has to mend something
     * @throws IOException when the machine fails
     * @throws InterruptedException when the thread is interrupted
     */
    public HistoryResult forget() throws IOException, InterruptedException {
        return locked("", (places, scratch) -> {
            OwnPlaces own = places.own();
            List<OwnPlaces.Run> all = own.runs();
            List<OwnPlaces.Run> runs = "all".equals(request.run()) ? all : List.of(named(places, all));
            int kept = 0;
            for (OwnPlaces.Run run : runs) {
                kept += count(run.kept());
            }
            // Those first of which nothing is to be found out any more: for all that follows room may lack.
            for (OwnPlaces.Run run : runs) {
                if (hasEnded(run)) {
                    own.forget(run);
                }
            }
            recovered(places, runs);
            List<OwnPlaces.Run> left = own.runs();
            left = left.stream().filter(runs::contains).toList();
            new History(own, scratch, log).forget(left);
            String names =
                    runs.isEmpty() ? "no run" : runs.size() == 1 ? runs.get(0).name() : Amount.of(runs.size(), "run");
            return new HistoryResult(
                    kept,
                    "forgot " + names + ": " + Amount.of(kept, "file") + " that had been displaced let go: "
                            + places.shownOutput(request.displayDirectory()),
                    List.of());
        });
    }

    private static boolean hasEnded(OwnPlaces.Run run) throws IOException {
        return !Files.exists(run.drafts())
                && RunLog.read(run.journal(), result -> {}).ended();
    }

    /** @param unwanted the runs that are to be forgotten */
    private OutputTraits recovered(SortPlaces places, List<OwnPlaces.Run> unwanted)
            throws IOException, InterruptedException {
        OwnPlaces own = places.own();
        OutputTraits traits = OutputTraits.of(own.directory());
        new Recovery(places.output(), own, traits, log).run(new Index(own.index()).lastRun(), unwanted);
        return traits;
    }

    private static int count(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        int count = 0;
        try (var entries = Files.newDirectoryStream(directory)) {
            for (Path ignored : entries) {
                count++;
            }
        }
        return count;
    }

    private interface Work {
        HistoryResult run(SortPlaces places, Scratch scratch) throws IOException, InterruptedException;
    }

    /** @param wayOut what the user can do when entries failed, or nothing where that is clear */
    private HistoryResult locked(String wayOut, Work work) throws IOException, InterruptedException {
        SortPlaces places = SortPlaces.ofOutput(request.output(), request.baseDirectory());
        HistoryResult result;
        try (OutputLock lock = OutputLock.acquire(places, log);
                Scratch scratch = new Scratch(places.own().scratch())) {
            lock.check();
            result = work.run(places, scratch);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new SortFailedException(
                    "<output>: " + RawName.shown(places.own().directory()) + ": " + Reason.of(e)
                            + "; mend this, and call the goal again: it goes on from there",
                    e);
        } finally {
            Content.releaseThread();
        }
        if (!result.failures().isEmpty()) {
            if (request.failOnError()) {
                throw new SortFailedException(
                        result.summary() + System.lineSeparator() + "  - "
                                + String.join(System.lineSeparator() + "  - ", result.failures())
                                + (wayOut.isEmpty() ? "" : System.lineSeparator() + wayOut),
                        result.failures());
            }
            result.failures().forEach(log::warn);
        }
        return result;
    }

    private OwnPlaces.Run lastRun(SortPlaces places) throws IOException {
        List<OwnPlaces.Run> all = places.own().runs();
        OwnPlaces.Run wanted = named(places, all);
        OwnPlaces.Run last = all.get(all.size() - 1);
        if (!wanted.equals(last)) {
            throw new SortFailedException("<run>" + wanted.name()
                    + "</run> is not the last one, and later ones build on" + " it: undo " + last.name() + " first");
        }
        return wanted;
    }

    private OwnPlaces.Run named(SortPlaces places, List<OwnPlaces.Run> all) {
        String name = request.run();
        if (all.isEmpty()) {
            throw new SortFailedException("<output>: " + RawName.shown(places.output()) + " remembers no run that could"
                    + " be undone; was it forgotten?");
        }
        if (name == null || name.isBlank()) {
            return all.get(all.size() - 1);
        }
        return all.stream()
                .filter(run -> run.name().equals(name.trim()))
                .findFirst()
                .orElseThrow(() -> new SortFailedException("<run> must be one of "
                        + String.join(
                                ", ", all.stream().map(OwnPlaces.Run::name).toList()) + ": run="
                        + RawName.shown(RawName.ofUnicode(name))));
    }
}

package dev.procession.plugin.sort.plan;

import dev.procession.plugin.report.Shown;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.settings.SortSettings;
import dev.procession.plugin.sort.store.Cursor;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A plan as a file that can be read, edited and carried out. */
public final class PlanFile {
    static final String HEAD = "# procession sort-files plan 1";

    private final Path file;

    public PlanFile(Path file) {
        this.file = file;
    }

    /**
     * Writes it in one step.
     *
     * @param archives the raw paths, relative to the output, of the archives that would be unpacked
     */
    public void write(SortPlaces places, SortSettings settings, SortPlan plan, List<String> archives)
            throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            writeAll(next, places, settings, plan, archives);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(next);
            throw new SortFailedException(
                    "<plan>: " + RawName.shown(file) + " cannot be written: " + Reason.of(e) + "; name another file",
                    e);
        }
    }

    private static void writeAll(
            Path next, SortPlaces places, SortSettings settings, SortPlan plan, List<String> archives)
            throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(next, StandardCharsets.UTF_8);
                Cursor<Placement> first = plan.first().values();
                Cursor<Placement> placements = plan.placements().values()) {
            out.write(HEAD + "\n");
            out.write("# source\t" + PlanLine.written(RawName.of(places.source())) + "\n");
            out.write("# output\t" + PlanLine.written(RawName.of(places.output())) + "\n");
            out.write("# mode\t" + settings.mode().word() + "\n");
            out.write(
                    "# Between tabs: what is done, size and time of the source, the source, the target. Take out lines"
                            + " of files that\n");
            out.write("# are to stay where they are, write other targets, and carry it out with"
                    + " -Dprocession.sort.replay=<this file>.\n");
            for (Placement placement = first.next(); placement != null; placement = first.next()) {
                out.write(line(placement) + "\n");
            }
            for (Placement placement = placements.next(); placement != null; placement = placements.next()) {
                out.write(line(placement) + "\n");
            }
            for (String archive : archives) {
                out.write("# unpacked\t" + PlanLine.written(archive) + "\t"
                        + PlanLine.written(PlannedArchives.folder(archive)) + "/\n");
            }
        }
    }

    /** What only a run of its own finds out is a remark: a replay does not do it. */
    private static String line(Placement placement) {
        return switch (placement.step()) {
            case ASIDE -> "# kept aside\t" + PlanLine.written(placement.file().path());
            case PRUNE ->
                "# pruned\t"
                        + PlanLine.written(
                                placement.before() == null
                                        ? placement.key()
                                        : placement.before().target());
            default -> PlanLine.of(placement).text();
        };
    }

    /** What the head says under a name, as a raw path or a word; empty when it says nothing. */
    public String head(String name) throws IOException {
        try (BufferedReader in = open()) {
            if (!HEAD.equals(in.readLine())) {
                throw new SortFailedException("<replay>" + RawName.shown(file)
                        + "</replay> is no plan of sort-files: its" + " first line must be \"" + HEAD + "\"");
            }
            for (String line = in.readLine(); line != null && line.startsWith("#"); line = in.readLine()) {
                if (line.startsWith("# " + name + "\t")) {
                    String value = PlanLine.read(line.substring(name.length() + 3));
                    return value == null ? "" : value;
                }
            }
            return "";
        } catch (MalformedInputException e) {
            throw notText();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private BufferedReader open() throws IOException {
        try {
            return Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new SortFailedException(
                    "<replay>" + RawName.shown(file) + "</replay> does not exist; name a plan that dryRun has written");
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private SortFailedException unreadable(IOException e) {
        return new SortFailedException(
                "<replay>" + RawName.shown(file) + "</replay> cannot be read: " + Reason.of(e)
                        + "; name a plan that dryRun has written",
                e);
    }

    private SortFailedException notText() {
        return new SortFailedException("<replay>" + RawName.shown(file) + "</replay> is not in UTF-8: save it so");
    }

    /** Takes a line. */
    interface Taker {
        void take(PlanLine line) throws IOException;
    }

    /** Reads it; a line that is none is told of, and the others count. */
    void read(Failures failures, Taker taker) throws IOException {
        try (BufferedReader in = open()) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                var parsed = PlanLine.parse(line);
                String where = RawName.shown(file) + ":" + number + ": ";
                if (parsed.isEmpty()) {
                    failures.add(where + "this is no line of a plan: " + Shown.text(line));
                } else if (parsed.get().obstacle() != null) {
                    failures.add(where + RawName.shown(parsed.get().target()) + " "
                            + parsed.get().obstacle());
                } else {
                    taker.take(parsed.get());
                }
            }
        } catch (MalformedInputException e) {
            throw notText();
        }
    }
}

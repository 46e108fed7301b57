package dev.procession.plugin.sort.history;

import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.copy.Traces;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Looks at every file that was placed whether it is what was placed. */
final class Verification {
    private final Path output;
    private final Failures failures;
    private final Content content = Content.ofThread();
    private int files;
    private int bySizeAndTime;
    private long bytes;

    Verification(Path output, Failures failures) {
        this.output = output;
        this.failures = failures;
    }

    void run(Memory memory) throws IOException, InterruptedException {
        try (Cursor<JournalEntry> entries = memory.entries()) {
            for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (entry.how() != How.DUPLICATE) {
                    look(entry);
                }
            }
        }
        if (memory.damages() > 0) {
            failures.add("the journal is damaged: of what stood there nothing can be verified; run sort-files again");
        }
    }

    private void look(JournalEntry entry) {
        files++;
        Path target = RawName.resolve(output, entry.target());
        try {
            BasicFileAttributes found = Traces.look(target);
            if (found == null) {
                failures.add(RawName.shown(target) + " is not there any more");
            } else if (!found.isRegularFile()) {
                failures.add(RawName.shown(target) + " is no regular file any more");
            } else {
                compare(entry, FileStat.of(found), target);
            }
        } catch (IOException e) {
            failures.add(RawName.shown(target) + " cannot be read: " + Reason.of(e));
        }
    }

    private void compare(JournalEntry entry, FileStat found, Path target) throws IOException {
        bytes += found.size();
        if (found.size() != entry.placed().size()) {
            failures.add(RawName.shown(target) + " has " + found.size() + " bytes, and had "
                    + entry.placed().size());
        } else if (!entry.hasSum()) {
            bySizeAndTime++;
            if (found.modifiedNanos() != entry.placed().modifiedNanos()) {
                failures.add(RawName.shown(target) + " has another time of modification; it was "
                        + entry.how().word() + ", so nobody knows its content");
            }
        } else if (content.sum(target) != entry.sum()) {
            failures.add(RawName.shown(target) + " has another content");
        }
    }

    int files() {
        return files;
    }

    /** How many have no checksum, since their content was never read. */
    int bySizeAndTime() {
        return bySizeAndTime;
    }

    long bytes() {
        return bytes;
    }
}

package dev.procession.plugin.sort.history;

import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.copy.FileCopy;
import dev.procession.plugin.sort.copy.KeptAttributes;
import dev.procession.plugin.sort.copy.PlaceOutcome;
import dev.procession.plugin.sort.copy.SettledFolders;
import dev.procession.plugin.sort.copy.SourceRemoval;
import dev.procession.plugin.sort.copy.Traces;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OutputTraits;
import dev.procession.plugin.sort.settings.Keep;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves a file back to where it came from, if nobody else is there. */
final class GiveBack {
    private final Traces traces;
    private final Content content = Content.ofThread();

    GiveBack(OutputTraits traits) {
        this.traces = new Traces(traits.publishing());
    }

    /** Moves it; tells why not, or null. Where it is back already, nothing is to be done. */
    @Nullable
    String move(Path from, Path to) throws IOException {
        if (Traces.look(from) == null) {
            return Traces.look(to) == null
                    ? "is not there any more, and not in " + RawName.shown(to) + " either"
                    : null;
        }
        Path parent = to.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            claim(from, to);
        } catch (FileAlreadyExistsException e) {
            return "cannot go back to " + RawName.shown(to) + ": there is another file now";
        }
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.delete(to);
            copy(from, to);
        } catch (IOException e) {
            Files.deleteIfExists(to);
            throw e;
        }
        return null;
    }

    private void claim(Path from, Path to) throws IOException {
        try {
            traces.claim(to);
        } catch (FileAlreadyExistsException e) {
            // Killed in this moment, the last time? Or while it was copied from another file system?
            if (!traces.removeClaim(to) && !traces.removeHalfOf(from, to)) {
                throw e;
            }
            traces.claim(to);
        }
    }

    /** Across file systems: deleted only after the copy was forced to the disk and read again. */
    private void copy(Path from, Path to) throws IOException {
        PlaceOutcome.Done copy = new FileCopy(Set.of(), false, new SettledFolders(Long.MIN_VALUE)).make(from, null, to);
        new KeptAttributes(Set.of(Keep.OWNER, Keep.XATTRS)).copyWhatCanBe(from, to);
        SourceRemoval.force(to);
        SourceRemoval.forceFolder(to.getParent());
        if (content.sum(to) != copy.sum()) {
            Files.delete(to);
            throw new IOException("the copy had another content; look at the disk");
        }
        Files.delete(from);
    }
}

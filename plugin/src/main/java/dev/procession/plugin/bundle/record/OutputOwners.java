package dev.procession.plugin.bundle.record;

import dev.procession.plugin.bundle.publish.OutputClaims;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.output.Chunk;
import dev.procession.plugin.output.ModuleComposition;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which bundles of an execution write which files. What a bundle writes besides its entries, such as an image that it
 * imports, another bundle of the same execution may write as well, if the bytes are the same: then it is there once and
 * belongs to both. Each of them has it in its record, so it goes with the last one. All else has one owner.
 */
public final class OutputOwners {
    private final BundleRequest request;
    private final OutputClaims claims;
    private final Problems problems;
    private final Map<Path, Written> files = new HashMap<>();

    public OutputOwners(BundleRequest request, OutputClaims claims, Problems problems) {
        this.request = request;
        this.claims = claims;
        this.problems = problems;
    }

    /**
     * A file of this execution.
     *
     * @param owner who came first
     * @param shareable whether others may write it too
     * @param size bytes, or -1 where they do not matter
     * @param sum its {@link Checksum}
     * @param placed how it lies in its place, once it does
     */
    private record Written(
            String owner,
            boolean shareable,
            long size,
            String sum,
            @Nullable FileState placed) {}

    /** Takes the files of a bundle that is up to date. */
    public void current(BuildRecord.Bundle bundle, String label, String owner) {
        for (FileState state : bundle.outputs()) {
            Path target = FileName.resolve(request.buildDirectory(), state.name());
            OutputClaims.Holder first = claims.claim(target, owner);
            if (first.owner().equals(owner)) {
                files.putIfAbsent(target, new Written(owner, true, state.stat().size(), state.sha256(), state));
            } else if (!isOurs(files.get(target), first)) {
                refuse(target, label, first);
            }
        }
    }

    /** Takes a file that nobody else may write: one that an entry gives, or that the user named. */
    public void own(Path target, String label, String owner) {
        OutputClaims.Holder first = claims.claim(target, owner);
        if (first.owner().equals(owner)) {
            files.putIfAbsent(target, new Written(owner, false, -1, "", null));
        } else {
            refuse(target, label, first);
        }
    }

    /** Takes any other file that a bundle writes. */
    public void shared(Path target, byte[] content, String label, String owner) {
        OutputClaims.Holder first = claims.claim(target, owner);
        String sum = Checksum.of(content);
        Written known = files.get(target);
        if (first.owner().equals(owner)) {
            files.putIfAbsent(target, new Written(owner, true, content.length, sum, null));
        } else if (known == null || !isOurs(known, first) || !known.shareable() || !isSameName(first, target)) {
            refuse(target, label, first);
        } else if (known.size() != content.length || !known.sum().equals(sum)) {
            String names = namesOf(target);
            problems.add(
                    "output",
                    null,
                    label,
                    "leads to " + FileName.shown(target) + ", which is also written by " + first.owner()
                            + " and holds something else there; put [hash] into <" + names + "> of both, or give one of"
                            + " them another <" + names + ">");
        }
    }

    /**
     * Takes a file that surrounds a bundle. What was made of a shared file by compressing it is shared as well.
     *
     * @param original the file that it was made of by compressing it, or null
     * @return who else writes it, and may not; null if nobody does
     */
    public OutputClaims.@Nullable Holder around(Path target, @Nullable Path original, String owner) {
        OutputClaims.Holder first = claims.claim(target, owner);
        if (first.owner().equals(owner)) {
            files.putIfAbsent(target, new Written(owner, true, -1, "", null));
            return null;
        }
        Written known = original == null ? null : files.get(original);
        boolean shared = known != null && known.shareable() && isOurs(files.get(target), first);
        return shared ? null : first;
    }

    /** How a file lies in its place, if a bundle of this execution has it there. */
    @Nullable
    public FileState placed(Path target) {
        Written known = files.get(target);
        return known == null ? null : known.placed();
    }

    /** Hears that a file lies in its place now. */
    public void place(Path target, FileState state) {
        Written known = files.get(target);
        if (known != null) {
            files.put(target, new Written(known.owner(), known.shareable(), known.size(), known.sum(), state));
        }
    }

    private static boolean isOurs(@Nullable Written known, OutputClaims.Holder first) {
        return known != null && known.owner().equals(first.owner());
    }

    private static boolean isSameName(OutputClaims.Holder first, Path target) {
        return first.file().equals(FileName.unicode(target));
    }

    /** The element that says what such files are called. */
    private static String namesOf(Path target) {
        return ModuleComposition.role(FileName.unicode(target)) == Chunk.Role.ASSET ? "assetNames" : "chunkNames";
    }

    private void refuse(Path target, String label, OutputClaims.Holder first) {
        String other = isSameName(first, target)
                ? ""
                : " as " + Shown.text(first.file()) + ", which is the same file on some machines";
        boolean here = first.owner().endsWith(" of " + Shown.text(request.owner()));
        problems.add(
                "output",
                null,
                label,
                "leads to " + FileName.shown(target) + ", which is also written by " + first.owner() + other
                        + "; give each bundle files of its own"
                        + (here
                                ? ""
                                : ", by <output> or <" + namesOf(target)
                                        + ">, or put both into one execution, whose bundles share what they import"));
    }
}

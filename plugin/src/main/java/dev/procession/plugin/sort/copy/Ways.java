package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OutputTraits;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.settings.Keep;
import dev.procession.plugin.sort.settings.SortMode;
import dev.procession.plugin.sort.settings.SortSettings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;

/**
 * How the files can get from this source to this output; what was asked for and cannot be done is refused.
 *
 * @param places from where to where
 * @param settings what was asked for
 * @param traits what the output's file system can do
 * @param how how they do
 * @param acrossDevices whether source and output are on two file systems
 */
public record Ways(SortPlaces places, SortSettings settings, OutputTraits traits, How how, boolean acrossDevices) {

    public static Ways of(SortPlaces places, SortSettings settings, OutputTraits traits) throws IOException {
        FileStore from = Files.getFileStore(places.source());
        FileStore to = Files.getFileStore(places.output());
        boolean across = !from.equals(to);
        if (settings.mode() == SortMode.HARDLINK && (across || !traits.links())) {
            throw new SortFailedException("<mode>hardlink</mode>: "
                    + (across
                            ? RawName.shown(places.source()) + " and " + RawName.shown(places.output())
                                    + " are on two file systems, and no file can have a name on each"
                            : "the file system of " + RawName.shown(places.output()) + " gives no file two names")
                    + "; choose copy, or auto");
        }
        for (Keep keep : settings.keep()) {
            if (!from.supportsFileAttributeView(keep.view()) || !to.supportsFileAttributeView(keep.view())) {
                FileStore lacking = from.supportsFileAttributeView(keep.view()) ? to : from;
                throw new SortFailedException("<keep>" + keep.word() + "</keep>: the file system of <"
                        + (lacking == from ? "source" : "output") + "> (" + lacking.type() + ") has no such thing;"
                        + " leave it out");
            }
        }
        return new Ways(places, settings, traits, how(places, settings, across), across);
    }

    private static How how(SortPlaces places, SortSettings settings, boolean across) throws IOException {
        if (settings.mode().how() != How.CLONED) {
            return settings.mode().how();
        }
        String obstacle = across
                ? "<source> and <output> are on two file systems"
                : Clones.obstacle(places.own().directory());
        if (obstacle == null) {
            return How.CLONED;
        }
        if (settings.mode() == SortMode.AUTO) {
            return How.COPIED;
        }
        throw new SortFailedException("<mode>reflink</mode>: " + obstacle + "; choose auto, or copy");
    }

    /** Whether files are going to take room twice. */
    public boolean copies() {
        return how == How.COPIED || (how == How.MOVED && acrossDevices);
    }

    /**
     * How files are placed in a run.
     *
     * @param settledNanos what has not changed since, the scan has seen as it is
     */
    public PlaceRules rules(OwnPlaces.Run run, long settledNanos) {
        return new PlaceRules(
                RawName.of(places.source()),
                RawName.of(places.output()),
                RawName.of(run.directory()),
                traits.publishing(),
                traits.links(),
                traits.exactTimes(),
                acrossDevices,
                settings.mode() == SortMode.AUTO,
                settledNanos,
                PlaceRules.keep(settings.keep()));
    }
}

package dev.procession.plugin.npm;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the unit of each source, looking into as few jars as it can. */
final class UnitFinder {
    private final UnitStore store;
    private final JarIndex index;
    private final BuildLog log;
    private final long nowNanos;
    private final List<String> problems = new ArrayList<>();

    UnitFinder(UnitStore store, BuildLog log, long nowNanos) {
        this.store = store;
        this.index = JarIndex.open(store.root());
        this.log = log;
        this.nowNanos = nowNanos;
    }

    /** A source, and what was unpacked of it. */
    record Found(PackageSource source, Unit unit) {}

    /** Those of the sources that hold packages, in their order. */
    List<Found> find(List<PackageSource> sources, List<SourceState> states) throws IOException, InterruptedException {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            PackageSource source = sources.get(i);
            Optional<Unit> unit = unit(source, states.get(i));
            if (unit.isPresent()) {
                found.add(new Found(source, unit.get()));
            }
        }
        if (!problems.isEmpty()) {
            throw new PackagesFailedException(problems);
        }
        save();
        return found;
    }

    private Optional<Unit> unit(PackageSource source, SourceState state) throws IOException, InterruptedException {
        if (state.stat().equals(SourceState.NOTHING)) {
            return Optional.empty();
        }
        Optional<String> known = index.unit(state);
        if (known.isPresent() && known.get().equals(JarIndex.NO_UNIT)) {
            return Optional.empty();
        }
        Optional<Unit> there = known.isPresent() ? store.find(known.get()) : Optional.empty();
        return there.isPresent() ? there : lookInto(source, state);
    }

    private Optional<Unit> lookInto(PackageSource source, SourceState state) throws IOException, InterruptedException {
        try (Contents contents = open(source)) {
            if (contents.names().stream().allMatch(Contents.IMPORT_MAP::equals)) {
                index.learn(state, JarIndex.NO_UNIT, nowNanos);
                return Optional.empty();
            }
            String key = key(source, contents);
            Unit unit = store.unit(key, contents, source.coordinates());
            index.learn(state, key, nowNanos);
            return Optional.of(unit);
        } catch (UnusableJarException e) {
            problems.add(source.coordinates() + " " + e.getMessage() + ": " + FileName.shown(source.file()));
            return Optional.empty();
        }
    }

    private static Contents open(PackageSource source) throws UnusableJarException {
        try {
            return Files.isDirectory(source.file())
                    ? new DirectoryContents(source.file())
                    : new JarContents(source.file());
        } catch (IOException | IllegalArgumentException e) {
            // ZipFile refuses names that are no UTF-8 with an IllegalArgumentException.
            throw new UnusableJarException("cannot be read: " + Shown.text(String.valueOf(e.getMessage()))
                    + "; delete it from the local repository, so that Maven fetches it again");
        }
    }

    private static String key(PackageSource source, Contents contents) throws UnusableJarException {
        try {
            Path file = source.file();
            if (!Files.isDirectory(file)) {
                return new Hash().add(file).name();
            }
            Hash hash = new Hash();
            for (String name : contents.names()) {
                hash.add(name);
                try (InputStream in = contents.open(name)) {
                    hash.add(new Hash().add(in).name());
                }
            }
            return hash.name();
        } catch (IOException e) {
            throw new UnusableJarException("cannot be read: " + Shown.text(String.valueOf(e.getMessage())));
        }
    }

    /** What was learnt spares work next time; a cache that cannot be written is none the worse for this build. */
    private void save() throws InterruptedException {
        if (!index.learntAny()) {
            return;
        }
        try (CacheLock lock = CacheLock.acquire(store.lockFile(), CacheLock.PATIENCE)) {
            if (lock.isHeld()) {
                index.save();
            }
        } catch (IOException e) {
            log.debug("jars will be looked into again next time: " + e.getMessage());
        }
    }
}

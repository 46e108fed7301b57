package dev.procession.plugin.npm;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project's folder of packages.
 *
 * <pre>{@code
 * target/procession/npm/
 *   node_modules/lit/...                  files of the cache, under names of this project
 *   node_modules/@lit/reactive-element/...
 *   record                                what it was made of; not there while it is being changed
 *   staging/                              what is being made, or going
 * }</pre>
 *
 * <p>Why it lies in the project and consists of real files: esbuild writes the path of a module relative to the folder that it
 * runs in, as comments, as keys of the functions that wrap CommonJS, as sources of maps, and into the hashes in names of
 * outputs; and it resolves symbolic links first. With packages in the cache, or linked to it symbolically, two machines
 * would have different outputs. Its option that keeps links would break a {@code node_modules} of the user's that is made of
 * links, as pnpm makes it. So the path is {@code target/procession/npm/node_modules/lit/...} everywhere; and from there the
 * packages find each other as neighbours. (Seen with esbuild 0.28.2.)
 */
final class View {
    private final Path folder;
    private final Path nodeModules;
    private final Path record;
    private final BuildLog log;

    View(Path folder, BuildLog log) {
        this.folder = folder;
        this.nodeModules = folder.resolve("node_modules");
        this.record = folder.resolve("record");
        this.log = log;
    }

    Path nodeModules() {
        return nodeModules;
    }

    /** What it is, if it is whole. */
    Optional<ViewRecord> current() {
        Optional<ViewRecord> seen = ViewRecord.read(record);
        return seen.isPresent() && seen.get().isThere(nodeModules) ? seen : Optional.empty();
    }

    /** Makes it be what the layout says. */
    ViewRecord update(Layout layout, List<String> sources, long nowNanos)
            throws IOException, InterruptedException, DamagedUnitException {
        long begin = System.nanoTime();
        Files.createDirectories(folder);
        try (CacheLock lock = CacheLock.acquire(folder.resolve("lock"), CacheLock.PATIENCE)) {
            if (!lock.isHeld()) {
                log.debug("laid out without a lock: somebody has had " + folder.resolve("lock") + " for too long");
            }
            ViewRecord wanted = record(layout, sources, nowNanos);
            Optional<ViewRecord> there = current();
            Map<String, String> trees = there.isPresent() ? there.get().trees() : Map.of();
            if (there.isEmpty() || !trees.equals(wanted.trees())) {
                // Without the record a view that is half changed is not taken for whole by anybody.
                Files.deleteIfExists(record);
                change(trees, wanted.trees(), layout);
                log.debug("laid out " + wanted.packages().size() + " npm packages in " + nodeModules + " in "
                        + (System.nanoTime() - begin) / 1_000_000 + " ms");
            }
            wanted.write(record);
            return wanted;
        }
    }

    private static ViewRecord record(Layout layout, List<String> sources, long nowNanos) {
        Map<String, Hash> hashes = new LinkedHashMap<>();
        Hash fingerprint = new Hash();
        List<ViewRecord.Entry> packages = new ArrayList<>();
        for (Placement placement : layout.placements()) {
            Hash hash = hashes.get(placement.top());
            if (hash == null) {
                hash = new Hash();
                hashes.put(placement.top(), hash);
            }
            hash.add(placement.identity());
            fingerprint.add(placement.identity());
            Unit.Content content = placement.content();
            packages.add(new ViewRecord.Entry(
                    placement.path(),
                    content.name(),
                    content.version(),
                    placement.coordinates(),
                    content.licence(),
                    content.licenceFiles()));
        }
        Map<String, String> trees = new LinkedHashMap<>();
        for (Map.Entry<String, Hash> hash : hashes.entrySet()) {
            trees.put(hash.getKey(), hash.getValue().name());
        }
        return new ViewRecord(nowNanos, sources, layout.warnings(), trees, packages, fingerprint.name());
    }

    private void change(Map<String, String> there, Map<String, String> wanted, Layout layout)
            throws IOException, DamagedUnitException {
        Folders.delete(folder.resolve("staging"));
        Path staging = Folders.fresh(folder.resolve("staging"));
        Path going = Files.createDirectory(staging.resolve("going"));
        Linker linker = new Linker();
        int number = 0;
        for (Path old : tops()) {
            String name = FileName.of(nodeModules, old);
            if (!wanted.containsKey(name) || !wanted.get(name).equals(there.get(name))) {
                Files.move(old, going.resolve(Integer.toString(number++)), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        for (String top : wanted.keySet()) {
            Path target = nodeModules.resolve(top);
            if (Files.exists(target)) {
                continue;
            }
            Path draft = staging.resolve(Integer.toString(number++));
            for (Placement placement : layout.placements()) {
                if (placement.top().equals(top)) {
                    Path below = top.equals(placement.path())
                            ? draft
                            : draft.resolve(placement.path().substring(top.length() + 1));
                    linker.lay(placement, below);
                }
            }
            int scope = top.indexOf('/');
            Files.createDirectories(scope < 0 ? nodeModules : nodeModules.resolve(top.substring(0, scope)));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        }
        if (linker.copies()) {
            log.debug("the packages are copies, since " + folder + " cannot have links to files of the cache");
        }
        Folders.delete(folder.resolve("staging"));
    }

    /** The folders that are packages, at one level or below a scope. */
    private List<Path> tops() throws IOException {
        List<Path> tops = new ArrayList<>();
        if (!Files.isDirectory(nodeModules)) {
            return tops;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(nodeModules)) {
            for (Path child : children) {
                boolean scope = String.valueOf(child.getFileName()).startsWith("@")
                        && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
                if (!scope) {
                    tops.add(child);
                    continue;
                }
                try (DirectoryStream<Path> scoped = Files.newDirectoryStream(child)) {
                    scoped.forEach(tops::add);
                }
            }
        }
        return tops;
    }
}

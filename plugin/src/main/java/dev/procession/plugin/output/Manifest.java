package dev.procession.plugin.output;

import com.google.gson.stream.JsonWriter;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.WriteFailure;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code manifest.json} of an output directory, in the format of Vite with one member more ({@code integrity}). It
 * is nothing but the sum of the shares that lie beside the reports of all executions.
 *
 * <p>Executions may publish it at the same time, in one JVM or in two: each looks again after it has published, and
 * does it over if the shares have changed; so whoever is last has seen all of them.
 */
public final class Manifest {
    /** Each round means that somebody else published; nobody does so this often. */
    private static final int ROUNDS = 100;

    private final OutputPlaces places;
    private final Set<Path> concerned = new HashSet<>();

    /**
     * Looks at what is there before anything is published: a manifest that loses its last bundle must go.
     *
     * @param places where the execution has what
     * @throws IOException when the shares of this execution cannot be listed
     */
    public Manifest(OutputPlaces places) throws IOException {
        this.places = places;
        for (Path share : shares(places.reportDirectory())) {
            ManifestShare found = ManifestShare.read(share);
            if (found != null) {
                concerned.add(found.manifestBelow(places.buildDirectory()));
            }
        }
        Path manifest = places.manifest();
        if (manifest != null) {
            concerned.add(manifest);
        }
    }

    /**
     * Brings the manifests up to date with the shares that were published; does not touch one that is.
     *
     * @param bench who publishes
     * @return the manifests that were written or removed
     * @throws IOException when the machine fails
     */
    public List<Path> publish(Workbench bench) throws IOException {
        return publish(bench, null);
    }

    /**
     * Takes what this execution wrote out of the manifests while it is still there: whoever is killed before all of it is
     * gone can begin anew.
     *
     * @param bench who publishes
     * @return the manifests that were written or removed
     * @throws IOException when the machine fails
     */
    public List<Path> publishWithoutOwn(Workbench bench) throws IOException {
        return publish(bench, places.reportDirectory());
    }

    private List<Path> publish(Workbench bench, @Nullable Path without) throws IOException {
        List<Path> changed = new ArrayList<>();
        for (Path manifest : concerned) {
            if (manifest.startsWith(places.buildDirectory()) && publish(manifest, bench, without)) {
                changed.add(manifest);
            }
        }
        return changed;
    }

    private boolean publish(Path manifest, Workbench bench, @Nullable Path without) throws IOException {
        boolean changed = false;
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, ManifestEntry> entries = merged(manifest, without);
            if (entries.isEmpty()) {
                return Files.deleteIfExists(manifest) || changed;
            }
            String text = text(entries);
            if (text.equals(current(manifest))) {
                return changed;
            }
            Path file = bench.newFile(manifest);
            try {
                Files.writeString(file, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw WriteFailure.naming(manifest, e);
            }
            bench.publish(new StagedFile(manifest, file));
            changed = true;
        }
        throw new IOException(
                FileName.shown(manifest) + " changes all the time; let only one build at a time write this directory");
    }

    private static String current(Path manifest) throws IOException {
        try {
            return Files.readString(manifest, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (java.nio.charset.MalformedInputException e) {
            // Somebody else's; it is replaced.
            return "";
        }
    }

    /** By key; of two bundles with one source the first (by execution, then by name) has it. */
    private Map<String, ManifestEntry> merged(Path manifest, @Nullable Path without) throws IOException {
        Map<String, ManifestEntry> entries = new TreeMap<>();
        Path executions = places.reportDirectory().getParent();
        if (executions == null) {
            return entries;
        }
        for (Path execution : listed(executions)) {
            if (execution.equals(without)) {
                continue;
            }
            for (Path file : shares(execution)) {
                ManifestShare share = ManifestShare.read(file);
                if (share == null
                        || !share.manifestBelow(places.buildDirectory()).equals(manifest)) {
                    continue;
                }
                for (ManifestEntry entry : share.entries()) {
                    // What was removed by hand is no longer described.
                    if (Files.exists(FileName.resolve(directory(manifest), entry.file()))) {
                        add(entries, entry);
                    }
                }
            }
        }
        return entries;
    }

    private static void add(Map<String, ManifestEntry> entries, ManifestEntry entry) {
        ManifestEntry first = entries.putIfAbsent(entry.key(), entry);
        if (first == null) {
            return;
        }
        if (!first.file().equals(entry.file())) {
            entries.putIfAbsent("_" + entry.file(), entry);
        } else if (first.integrity().isEmpty()) {
            // Two bundles share the file, and only one of them was asked for hashes.
            entries.put(entry.key(), entry);
        }
    }

    private static Path directory(Path manifest) {
        Path directory = manifest.getParent();
        return directory == null ? manifest : directory;
    }

    private static String text(Map<String, ManifestEntry> entries) throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter json = new JsonWriter(text);
        json.setIndent("  ");
        json.beginObject();
        for (Map.Entry<String, ManifestEntry> entry : entries.entrySet()) {
            json.name(entry.getKey()).beginObject();
            ManifestShare.members(json, entry.getValue());
            json.endObject();
        }
        json.endObject();
        json.flush();
        return text + "\n";
    }

    private static List<Path> shares(Path directory) throws IOException {
        List<Path> shares = new ArrayList<>();
        for (Path file : listed(directory)) {
            if (FileName.unicode(file).endsWith(ManifestShare.ENDING)) {
                shares.add(file);
            }
        }
        return shares;
    }

    private static List<Path> listed(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path file : stream) {
                files.add(file);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return files;
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (files.size() > 1) {
            files.sort(Comparator.comparing(FileName::unicode));
        }
        return files;
    }
}

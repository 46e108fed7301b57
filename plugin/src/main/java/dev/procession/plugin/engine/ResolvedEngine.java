package dev.procession.plugin.engine;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine that the user wants: the executable that they name, or the first artifact that the build can have.
 * Thread-safe: modules that are built side by side may share one.
 */
public final class ResolvedEngine implements EngineSource {
    private final EngineSettings settings;
    private final Platform platform;
    private final ArtifactSource artifacts;
    private final Path cacheDirectory;
    private final Path fallbackDirectory;
    private final Path baseDirectory;
    private final BuildLog log;
    private @Nullable Engine engine;

    /**
     * Nothing is looked up yet.
     *
     * @param settings which engine the user wants
     * @param platform what it has to run on
     * @param artifacts the build's way to artifacts
     * @param cacheDirectory where this machine keeps engines from build to build
     * @param fallbackDirectory where an engine is unpacked when the cache cannot be written
     * @param baseDirectory what a relative {@code <esbuildExecutable>} is relative to
     * @param log hears what was chosen
     */
    public ResolvedEngine(
            EngineSettings settings,
            Platform platform,
            ArtifactSource artifacts,
            Path cacheDirectory,
            Path fallbackDirectory,
            Path baseDirectory,
            BuildLog log) {
        this.settings = settings;
        this.platform = platform;
        this.artifacts = artifacts;
        this.cacheDirectory = cacheDirectory.resolve("engines");
        this.fallbackDirectory = fallbackDirectory.resolve("engines");
        this.baseDirectory = baseDirectory;
        this.log = log;
    }

    @Override
    public String identity() throws IOException {
        if (settings.executable() != null) {
            Path file = executable();
            String stat = Files.exists(file) ? FileStat.of(file).toString() : "missing";
            return "executable " + file + " " + stat + " " + settings.sha256();
        }
        // Several machines may share a build directory: what one's engine made is not taken for the other's.
        return platform.name() + " " + settings.version() + " " + settings.artifact() + " " + settings.sha256();
    }

    @Override
    public synchronized Engine get() throws IOException, InterruptedException {
        Engine known = engine;
        if (known == null) {
            known = settings.executable() != null ? named() : resolved();
            log.debug("esbuild " + known.version() + ": " + Executable.shown(known.executable()));
            engine = known;
        }
        return known;
    }

    private Path executable() {
        String typed = String.valueOf(settings.executable());
        try {
            return FileName.resolve(baseDirectory, typed);
        } catch (InvalidPathException e) {
            throw new EngineFailedException(
                    "<esbuildExecutable>" + typed + "</esbuildExecutable> is no file name: " + e.getReason());
        }
    }

    private Engine named() throws IOException, InterruptedException {
        Path file = executable();
        if (!Files.isRegularFile(file)) {
            throw new EngineFailedException("<esbuildExecutable>" + settings.executable() + "</esbuildExecutable>: "
                    + (Files.isDirectory(file) ? "it is a directory" : "there is no file " + Executable.shown(file)));
        }
        List<String> sums = candidates().stated();
        if (!sums.isEmpty()) {
            try (InputStream in = Files.newInputStream(file)) {
                String sum = EngineStore.sumOf(in, OutputStream.nullOutputStream());
                if (!sums.contains(sum)) {
                    throw new EngineFailedException("<esbuildExecutable>" + settings.executable()
                            + "</esbuildExecutable> has the SHA-256 " + sum + ", not " + String.join(" or ", sums)
                            + " as <esbuildSha256> says");
                }
            }
        }
        String version = Executable.version(file);
        if (settings.version() != null && !version.equals(settings.version())) {
            throw new EngineFailedException(
                    "<esbuildExecutable>" + settings.executable() + "</esbuildExecutable> is esbuild " + version
                            + ", not " + settings.version() + " as <esbuildVersion> says");
        }
        return new Engine(version, file);
    }

    private Candidates candidates() throws IOException {
        return new Candidates(platform, EngineTable.read(), settings);
    }

    private Engine resolved() throws IOException, InterruptedException {
        List<Candidates.Candidate> candidates = candidates().list();
        List<String> refusals = new ArrayList<>();
        for (Candidates.Candidate candidate : candidates) {
            Optional<Path> file = resolved(candidate, refusals);
            if (file.isPresent()) {
                if (!refusals.isEmpty()) {
                    log.warn("esbuild is taken from " + candidate.coordinate() + ", since these cannot be had: "
                            + String.join("; ", refusals)
                            + "; name <esbuildVersion>" + candidate.coordinate().version()
                            + "</esbuildVersion>, so that it is the same on every machine");
                }
                return new Engine(EngineStore.version(file.get()), file.get());
            }
        }
        throw new EngineFailedException(WaysOut.text(platform, candidates, refusals, settings));
    }

    private Optional<Path> resolved(Candidates.Candidate candidate, List<String> refusals)
            throws IOException, InterruptedException {
        EngineStore store = new EngineStore(cacheDirectory, platform);
        try {
            Path file = artifacts.fetch(candidate.coordinate());
            EngineArchive archive = new EngineArchive(file, candidate.coordinate(), platform);
            return Optional.of(unpacked(store, archive, candidate.sha256()));
        } catch (ArtifactSource.ArtifactMissingException e) {
            // An earlier build of this machine may have had it from another repository; the sum says that it is the
            // same.
            Optional<Path> known = store.find(candidate.sha256());
            if (known.isEmpty()) {
                refusals.add(candidate.coordinate() + ": " + e.getMessage());
            }
            return known;
        }
    }

    private Path unpacked(EngineStore store, EngineArchive archive, List<String> sums)
            throws IOException, InterruptedException {
        Optional<Path> known = store.find(sums);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return store.unpack(archive, sums);
        } catch (FileSystemException e) {
            log.debug("the cache cannot be used, so the engine is unpacked into the build directory: " + e);
            EngineStore fallback = new EngineStore(fallbackDirectory, platform);
            Optional<Path> there = fallback.find(sums);
            return there.isPresent() ? there.get() : fallback.unpack(archive, sums);
        }
    }
}

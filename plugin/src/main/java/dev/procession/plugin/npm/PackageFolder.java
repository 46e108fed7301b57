package dev.procession.plugin.npm;

import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The npm packages of a project, as a folder that a bundler can search: hand {@link #nodeModules()} to it as
 * {@code NODE_PATH}. Whatever {@code node_modules} lies beside the sources is found by the bundler first, and is not touched.
 */
public final class PackageFolder {
    private final Optional<Path> nodeModules;
    private final List<NpmPackage> packages;
    private final String fingerprint;

    private PackageFolder(Optional<Path> nodeModules, List<NpmPackage> packages, String fingerprint) {
        this.nodeModules = nodeModules;
        this.packages = List.copyOf(packages);
        this.fingerprint = fingerprint;
    }

    /**
     * Makes the folder, or finds that it is as it should be. Other builds may do the same at the same time, in this JVM or in
     * others; a build that is killed leaves nothing that is taken for whole.
     *
     * @param sources what may hold packages, the nearest first: the first to provide a package wins
     * @param places where packages are put
     * @param log hears of versions that compete and of ranges; of details in debug
     * @return the folder
     * @throws IOException when the cache or the folder cannot be written
     * @throws InterruptedException when this thread is interrupted while another build unpacks the same jar
     * @throws PackagesFailedException when a jar cannot be read or holds a path that escapes
     */
    public static PackageFolder of(List<PackageSource> sources, PackagePlaces places, BuildLog log)
            throws IOException, InterruptedException {
        return new PackageFolder(Optional.empty(), List.of(), "");
    }

    /**
     * Where the packages are.
     *
     * @return a folder named {@code node_modules}, empty when no source holds a package
     */
    public Optional<Path> nodeModules() {
        return nodeModules;
    }

    /**
     * The packages.
     *
     * @return all of them in name order; a package may be there in two versions, one below the other's user
     */
    public List<NpmPackage> packages() {
        return packages;
    }

    /**
     * What is in the folder, as a text to compare: the same for the same contents under the same names, on every machine.
     *
     * @return the fingerprint
     */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * The way out for an import that was not found.
     *
     * @param importName the import as it is in the source
     * @return what to tell the user
     */
    public MissingPackage missing(String importName) {
        return new MissingPackage(importName, importName, "");
    }
}

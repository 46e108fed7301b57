package dev.procession.plugin.bundle.request;

import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.WorkerCode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of {@code bundle-js} is asked to do, as the user typed it: the engine checks it, since only the
 * engine knows all rules.
 *
 * @param bundles the bundles to write
 * @param modules bundles of modules, and what they need
 * @param outputs what is put around all bundles
 * @param sourceDirectory where includes are looked up
 * @param outputDirectory where outputs are written
 * @param projectDirectory what names in source maps, and relative directories, are relative to
 * @param buildDirectory the directory that every output must lie in; it also holds staging files and records
 * @param displayDirectory what paths in the log are relative to, so that a user finds them
 * @param workers {@code auto} or a number of child processes
 * @param encoding the charset of inputs, or null for UTF-8
 * @param upToDate {@code stat} or {@code content}
 * @param execution the name of this execution in its module; its record is kept under it
 * @param owner who runs this, unique in the build, in words a user understands
 * @param claims output to owner, shared by all executions of the build, thread-safe
 * @param dependencies the jars (or class directories) in which {@code webjar:} includes are looked up, in class path order
 * @param workerCode what child processes run, and where this machine keeps what makes them start faster
 * @param engineVersion changes whenever the same input could give another output
 * @param mistakes what whoever read it found wrong already; told with all that is found here
 */
public record BundleRequest(
        List<BundleSpec> bundles,
        ModuleRequest modules,
        OutputRequest outputs,
        Path sourceDirectory,
        Path outputDirectory,
        Path projectDirectory,
        Path buildDirectory,
        Path displayDirectory,
        String workers,
        @Nullable String encoding,
        String upToDate,
        String execution,
        String owner,
        Map<String, String> claims,
        List<Path> dependencies,
        WorkerCode workerCode,
        String engineVersion,
        List<BundleProblem> mistakes) {

    /** Makes the paths absolute, and copies the lists. */
    public BundleRequest {
        bundles = List.copyOf(bundles);
        sourceDirectory = sourceDirectory.toAbsolutePath().normalize();
        outputDirectory = outputDirectory.toAbsolutePath().normalize();
        projectDirectory = projectDirectory.toAbsolutePath().normalize();
        buildDirectory = buildDirectory.toAbsolutePath().normalize();
        displayDirectory = displayDirectory.toAbsolutePath().normalize();
        dependencies = List.copyOf(dependencies);
        mistakes = List.copyOf(mistakes);
    }

    /**
     * Where the files that bundles begin with are looked up.
     *
     * @return directories, which may be missing
     */
    public Set<Path> sourceDirectories() {
        Set<Path> found = new LinkedHashSet<>();
        found.add(sourceDirectory);
        for (BundleSpec spec : bundles) {
            addDirectory(found, spec.directory());
        }
        for (ModuleSpec spec : modules.specs()) {
            addDirectory(found, spec.directory());
        }
        return found;
    }

    private void addDirectory(Set<Path> found, @Nullable String typed) {
        if (typed != null && !typed.isBlank()) {
            try {
                found.add(FileName.resolve(projectDirectory, typed.trim()));
            } catch (InvalidPathException e) {
                // Nothing can be there; the build itself says so.
            }
        }
    }

    /** Where the engine keeps what is its own. */
    public Path ownDirectory() {
        return buildDirectory.resolve("procession");
    }
}

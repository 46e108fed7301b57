package dev.procession.maven;

import dev.procession.plugin.sort.extra.Extra;
import dev.procession.plugin.sort.extra.ExtraJars;
import dev.procession.plugin.sort.failure.SortFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Fetches extras, with all that they need, as the build fetches its plugins: mirrors, proxies and {@code -o} hold. */
record MavenExtraJars(RepositorySystem system, MavenSession session, MavenProject project) implements ExtraJars {

    @Override
    public List<Path> jars(Set<Extra> extras) {
        List<RemoteRepository> repositories = new ArrayList<>(project.getRemotePluginRepositories());
        for (RemoteRepository repository : project.getRemoteProjectRepositories()) {
            if (!repositories.contains(repository)) {
                repositories.add(repository);
            }
        }
        List<Dependency> wanted = extras.stream()
                .flatMap(extra -> extra.coordinates().stream())
                .map(coordinate -> new Dependency(new DefaultArtifact(coordinate), "runtime"))
                .toList();
        CollectRequest collection = new CollectRequest(wanted, List.of(), repositories);
        try {
            return system
                    .resolveDependencies(session.getRepositorySession(), new DependencyRequest(collection, null))
                    .getArtifactResults()
                    .stream()
                    .map(ArtifactResult::getArtifact)
                    .map(artifact -> artifact.getFile().toPath())
                    .toList();
        } catch (DependencyResolutionException e) {
            String reason = String.valueOf(e.getMessage());
            String words = extras.stream().map(Extra::word).collect(Collectors.joining(","));
            throw new SortFailedException(
                    "libraries that are needed for this cannot be fetched: "
                            + reason.lines().findFirst().orElse(reason)
                            + "; fetch them once where there is a network, with -Dprocession.sort.extras=" + words
                            + ", after that -o has them",
                    e);
        }
    }
}

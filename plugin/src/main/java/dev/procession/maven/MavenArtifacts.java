package dev.procession.maven;

import dev.procession.plugin.engine.ArtifactSource;
import dev.procession.plugin.engine.Coordinate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Fetches artifacts as the build fetches its plugins and dependencies; without those that they depend on. */
record MavenArtifacts(RepositorySystem system, MavenSession session, MavenProject project) implements ArtifactSource {

    @Override
    public Path fetch(Coordinate coordinate) throws ArtifactMissingException {
        // The engine is a part of the build, like a plugin; but many poms and settings name only repositories.
        List<RemoteRepository> repositories = new ArrayList<>(project.getRemotePluginRepositories());
        for (RemoteRepository repository : project.getRemoteProjectRepositories()) {
            if (!repositories.contains(repository)) {
                repositories.add(repository);
            }
        }
        DefaultArtifact artifact = new DefaultArtifact(
                coordinate.group(),
                coordinate.artifact(),
                coordinate.classifier(),
                coordinate.extension(),
                coordinate.version());
        try {
            return system.resolveArtifact(
                            session.getRepositorySession(), new ArtifactRequest(artifact, repositories, null))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            String reason = String.valueOf(e.getMessage());
            throw new ArtifactMissingException(reason.lines().findFirst().orElse(reason), e);
        }
    }
}

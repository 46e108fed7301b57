package dev.procession.plugin.engine;

import java.io.IOException;
import java.nio.file.Path;

/** The build's own way to artifacts: its repositories, mirrors, proxies, credentials and local repository. */
public interface ArtifactSource {

    /**
     * Fetches one artifact, and nothing that it depends on.
     *
     * @param coordinate which
     * @return its file
     * @throws ArtifactMissingException when it cannot be had; the message is the reason in one line
     * @throws IOException when the machine fails
     */
    Path fetch(Coordinate coordinate) throws ArtifactMissingException, IOException;

    /** An artifact cannot be had. */
    final class ArtifactMissingException extends Exception {
        private static final long serialVersionUID = 1L;

        /**
         * With the reason.
         *
         * @param reason why, in one line
         * @param cause what the resolver threw
         */
        public ArtifactMissingException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}

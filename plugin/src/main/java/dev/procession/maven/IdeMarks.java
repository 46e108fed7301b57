package dev.procession.maven;

import dev.procession.plugin.bundle.request.SourceMarks;
import java.nio.file.Path;
import javax.inject.Provider;
import org.codehaus.plexus.build.BuildContext;
import org.codehaus.plexus.build.DefaultBuildContext;
import org.jspecify.annotations.Nullable;

/**
 * Marks sources in the editor of an IDE that runs the build. Without one there is nobody to mark them for: Maven's own
 * build context would write each message into the log a second time.
 */
final class IdeMarks implements SourceMarks {
    private final Provider<BuildContext> contexts;
    private @Nullable BuildContext known;

    IdeMarks(Provider<BuildContext> contexts) {
        this.contexts = contexts;
    }

    @Override
    public void clear(Path file) {
        BuildContext context = context();
        if (!(context instanceof DefaultBuildContext)) {
            context.removeMessages(file.toFile());
        }
    }

    @Override
    public void add(Path file, int line, int column, String text, boolean error) {
        BuildContext context = context();
        if (!(context instanceof DefaultBuildContext)) {
            context.addMessage(
                    file.toFile(),
                    line,
                    column,
                    text,
                    error ? BuildContext.SEVERITY_ERROR : BuildContext.SEVERITY_WARNING,
                    null);
        }
    }

    /** Looked up when something is to be marked, so that a build that does nothing does not pay for it. */
    private BuildContext context() {
        BuildContext context = known;
        if (context == null) {
            context = contexts.get();
            known = context;
        }
        return context;
    }
}

package dev.procession.maven;

import dev.procession.ProcessionException;
import dev.procession.plugin.report.BuildLog;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What all goals do alike: skipping, logging, and telling failures in a way that Maven shows without a stack trace. */
abstract class AbstractProcessionMojo extends AbstractMojo {

    /**
     * Where this machine keeps what makes later builds faster, for all projects of its user. The default is the system's
     * cache folder: {@code $XDG_CACHE_HOME/procession} or {@code ~/.cache/procession} on Linux,
     * {@code ~/Library/Caches/procession} on macOS, {@code %LOCALAPPDATA%/procession} on Windows. It may be deleted at
     * any time; where it cannot be used, as on a network file system, builds go on without it.
     */
    @Parameter(property = "procession.cacheDirectory")
    private @Nullable File cacheDirectory;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution itself;

    @Parameter(defaultValue = "${project}", readonly = true)
    private @Nullable MavenProject itsProject;

    @Parameter(defaultValue = "${session.userProperties}", readonly = true)
    private @Nullable Properties typedProperties;

    /** What the user typed of leaving this goal out, if anything. */
    abstract @Nullable String skip();

    /** Does the goal's work. */
    abstract void run(BuildLog log) throws IOException, InterruptedException;

    /** Not looked at: it may be on a network that does not answer, and where it cannot be used, builds go on without it. */
    final Path cacheDirectory() {
        File asked = cacheDirectory;
        return asked != null ? asked.toPath() : CacheFolder.ofTheUser();
    }

    /** Whether something is wanted; what is neither yes nor no is a mistake. */
    static boolean isTrue(String element, @Nullable String typed, boolean otherwise) {
        TypedMistakes mistakes = new TypedMistakes();
        boolean wanted = mistakes.isTrue(element, typed, otherwise, null);
        mistakes.throwIfAny();
        return wanted;
    }

    final boolean isLeftOut() {
        return isTrue("skip", skip(), false);
    }

    /** Which a goal that tells all that is wrong in its configuration at once does with the rest. */
    void refuseUnknownElements() {
        TypedMistakes mistakes = new TypedMistakes();
        MojoExecution here = Objects.requireNonNull(itself);
        new UnknownElements(here, itsProject).tell(mistakes);
        if (typedProperties != null) {
            new UnknownProperties(here, typedProperties).tell(mistakes);
        }
        mistakes.throwIfAny();
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        BuildLog log = new MavenBuildLog(getLog());
        try {
            if (isLeftOut()) {
                log.info("skipped");
                return;
            }
            refuseUnknownElements();
            run(log);
        } catch (ProcessionException e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (InvalidPathException e) {
            throw new MojoFailureException(
                    "this machine's locale (LC_ALL) cannot express the path " + e.getInput()
                            + "; set a UTF-8 locale, such as LC_ALL=C.UTF-8",
                    e);
        } catch (IOException e) {
            if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
                throw interrupted(e);
            }
            throw new MojoExecutionException(text(e), e);
        } catch (UncheckedIOException e) { // the library's: its message is whole
            throw new MojoExecutionException(e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static MojoExecutionException interrupted(Exception cause) {
        // Whoever interrupted the build wants it to end: the callers must see it too.
        Thread.currentThread().interrupt();
        return new MojoExecutionException("interrupted; nothing half-written was left", cause);
    }

    /** The message of an exception of the file system without a reason is the file's name alone. */
    static String text(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof AccessDeniedException denied && denied.getReason() == null) {
            return message + ": permission denied";
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return message + ": " + failure.getClass().getSimpleName();
        }
        return message;
    }
}

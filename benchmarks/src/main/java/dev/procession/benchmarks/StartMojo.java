package dev.procession.benchmarks;

import java.io.IOException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/** Starts a program and waits for it; Maven makes it, by the descriptor of {@link StartPlugin}. */
public final class StartMojo extends AbstractMojo {
    private @Nullable String command;

    @Override
    public void execute() throws MojoExecutionException {
        if (command == null) {
            return;
        }
        try {
            int code = new ProcessBuilder(command.split(StartPlugin.SEPARATOR, -1))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new MojoExecutionException(command + " ends with exit code " + code);
            }
        } catch (IOException | InterruptedException e) {
            throw new MojoExecutionException(command, e);
        }
    }
}

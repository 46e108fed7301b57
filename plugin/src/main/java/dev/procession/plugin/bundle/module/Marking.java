package dev.procession.plugin.bundle.module;

import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.SourceMarks;
import dev.procession.plugin.engine.Build;
import dev.procession.plugin.engine.EngineMessage;
import dev.procession.plugin.work.FileName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Shows in editors what the engine says of sources: takes the old marks from all files that it read, then adds the new. */
final class Marking {
    private final BundleRequest request;
    private final List<ModuleRuns.Outcome> outcomes;

    Marking(BundleRequest request, List<ModuleRuns.Outcome> outcomes) {
        this.request = request;
        this.outcomes = outcomes;
    }

    void mark() {
        SourceMarks marks = request.modules().marks();
        if (marks == SourceMarks.NONE) {
            return;
        }
        // First everywhere: a file may be in several bundles, and what one says of it must not take away the other's.
        for (ModuleRuns.Outcome outcome : outcomes) {
            if (outcome.result().isPresent()) {
                clear(outcome.result().get(), marks);
            }
        }
        for (ModuleRuns.Outcome outcome : outcomes) {
            if (outcome.result().isPresent()) {
                Build.Result result = outcome.result().get();
                for (EngineMessage error : result.errors()) {
                    add(error, true, marks);
                }
                for (EngineMessage warning : result.warnings()) {
                    add(warning, outcome.plan().strict(), marks);
                }
            }
        }
    }

    private void clear(Build.Result result, SourceMarks marks) {
        if (result.metafile().isPresent()) {
            for (String name : result.metafile().get().inputs().keySet()) {
                clear(file(name), marks);
            }
        }
        for (List<EngineMessage> messages : List.of(result.errors(), result.warnings())) {
            for (EngineMessage message : messages) {
                EngineMessage.Location location = message.location();
                if (location != null) {
                    clear(file(location.file()), marks);
                }
            }
        }
    }

    private static void clear(Optional<Path> file, SourceMarks marks) {
        if (file.isPresent()) {
            marks.clear(file.get());
        }
    }

    private void add(EngineMessage message, boolean error, SourceMarks marks) {
        EngineMessage.Location location = message.location();
        if (location != null) {
            // The engine counts columns from 0, editors from 1.
            file(location.file())
                    .ifPresent(file -> marks.add(file, location.line(), location.column() + 1, message.text(), error));
        }
    }

    /** The source of a name; what the engine made up has none. */
    private Optional<Path> file(String name) {
        if (name.startsWith("(") || name.startsWith("<")) {
            return Optional.empty();
        }
        try {
            Path file = FileName.resolve(request.projectDirectory(), name);
            return file.startsWith(request.ownDirectory()) ? Optional.empty() : Optional.of(file);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

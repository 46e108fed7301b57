package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.timeline.PageText;
import dev.procession.plugin.timeline.TimelinePage;
import dev.procession.plugin.work.Recording;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a goal is drawn, when {@code -Dprocession.timeline} asks for it.
 *
 * @param file where to, or null for no page
 * @param title what it is called
 */
record TimelineReport(@Nullable Path file, String title) {
    private static final String SUFFIX = ".html";

    /** Does a goal's work. */
    @FunctionalInterface
    interface Work {
        void run(Recording recording) throws IOException, InterruptedException;
    }

    /**
     * What a user asked for.
     *
     * @param typed nothing or false, true, a page, or a directory for pages
     * @param reports where pages are when it is true
     * @param base what a relative path is relative to
     * @param goal its name
     * @param execution the id of its execution; a pom may have several
     */
    static TimelineReport of(@Nullable String typed, Path reports, Path base, String goal, @Nullable String execution) {
        String name = execution == null || execution.startsWith("default-") ? goal : goal + "-" + execution;
        String asked = typed == null ? "" : typed.strip();
        String page = "timeline-" + name + SUFFIX;
        if (asked.isEmpty() || asked.equalsIgnoreCase("false")) {
            return new TimelineReport(null, name);
        }
        if (asked.equalsIgnoreCase("true")) {
            return new TimelineReport(reports.resolve(page), name);
        }
        Path path = base.resolve(asked);
        boolean isPage = asked.toLowerCase(Locale.ROOT).endsWith(SUFFIX);
        return new TimelineReport(isPage ? path : path.resolve(page), name);
    }

    /** Does the work, and draws it, also when it fails: then most of all. */
    void draw(BuildLog log, Work work) throws IOException, InterruptedException {
        if (file == null) {
            work.run(Recording.off());
            return;
        }
        try (Recording recording = Recording.on()) {
            try {
                work.run(recording);
            } catch (Throwable failure) {
                try {
                    write(recording, log);
                } catch (IOException | RuntimeException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
            write(recording, log);
        }
    }

    private void write(Recording recording, BuildLog log) throws IOException {
        Path page = Objects.requireNonNull(file);
        try {
            TimelinePage.write(page, own(recording.timeline()), PageText.of(title), language());
        } catch (IOException e) {
            String reason = AbstractProcessionMojo.text(e);
            throw new IOException("the page of <timeline> cannot be written: " + reason + "; choose another place", e);
        }
        log.info("timeline: " + page);
    }

    private static String language() {
        return Locale.getDefault().getLanguage().equals("uk") ? "uk" : "en";
    }

    /** Other goals of this JVM start children, too, which are none of this one's. */
    private static Timeline own(Timeline timeline) {
        Set<Long> members =
                timeline.processes().stream().map(TimelineProcess::pid).collect(Collectors.toSet());
        Set<Long> children = timeline.ofKind(EventKind.PROCESS_STARTED).events().stream()
                .filter(event -> members.contains(event.value()))
                .map(event -> event.object().id())
                .collect(Collectors.toSet());
        List<EventKind> ofChildren =
                List.of(EventKind.PROCESS_STARTED, EventKind.PROCESS_DISMISSED, EventKind.PROCESS_ENDED);
        return timeline.where(event -> !ofChildren.contains(event.kind())
                || children.contains(event.object().id()));
    }
}

package dev.procession.plugin.timeline;

import dev.procession.timeline.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A page that shows a timeline, and nothing else. It is one file that needs no network. Whatever names the processes
 * have, they are shown and not obeyed.
 */
public final class TimelinePage {
    private TimelinePage() {}

    /**
     * Writes the page, and the same as a trace for Perfetto beside it: {@code x.html} and {@code x.trace.json}.
     *
     * @param file where to, ending with {@code .html}
     * @param timeline what to show
     * @param title what it is of
     * @param language the language that the page is opened in, {@code en} or {@code uk}
     * @throws IOException when it cannot be written
     */
    public static void write(Path file, Timeline timeline, PageText title, String language) throws IOException {
        Picture picture = Picture.of(timeline);
        String name = file.toString();
        Path trace = Path.of((name.endsWith(".html") ? name.substring(0, name.length() - 5) : name) + ".trace.json");
        ChromeTrace.write(trace, picture);
        TimelineFragment fragment = TimelineFragment.of(picture, Map.of(), String.valueOf(trace.getFileName()));
        new PageFrame(title, language, "").write(file, fragment::write);
    }
}

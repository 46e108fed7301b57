package dev.procession.plugin.timeline;

import dev.procession.plugin.timeline.Picture.ProcessOf;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A timeline as a part of a page: tools, the picture, its legend, and all of it as tables. It needs the style and the
 * script of {@link PageFrame}. There may be several on a page.
 */
public final class TimelineFragment {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final Locale UKRAINIAN = Locale.forLanguageTag("uk");

    /** Below it nobody looks at a picture differently. */
    private static final long SMALL_ERROR_NANOS = 50_000;

    private final Picture picture;
    private final Map<String, PageText> marks;
    private final String trace;
    private final PageWords words = PageWords.ofTimelines();

    private TimelineFragment(Picture picture, Map<String, PageText> marks, String trace) {
        this.picture = picture;
        this.marks = Map.copyOf(marks);
        this.trace = trace;
    }

    /**
     * A fragment.
     *
     * @param picture what is drawn
     * @param marks what marks with these texts are called on the page
     * @param trace the address of the same as a Chrome trace, or empty
     * @return to be written
     */
    public static TimelineFragment of(Picture picture, Map<String, PageText> marks, String trace) {
        return new TimelineFragment(picture, marks, trace);
    }

    /**
     * Writes the markup.
     *
     * @param out where to
     * @throws IOException when it throws that
     */
    public void write(Appendable out) throws IOException {
        out.append(facts());
        if (picture.lanes().isEmpty()) {
            return;
        }
        out.append(head());
        out.append("<script type=\"application/json\">");
        PictureJson.write(out, picture, marks);
        out.append("</script>\n</section>\n");
    }

    /** What is to be known before the picture is believed. */
    private String facts() {
        Html html = new Html();
        if (picture.lanes().isEmpty()) {
            return html.raw("<p>").text(words.of("empty")).raw("</p>\n").toString();
        }
        html.raw("<p class=\"quiet\">")
                .text(new PageText(
                        counts(String.format(Locale.ROOT, "%.3f s", picture.end() / 1e9))
                                .en(),
                        counts(String.format(UKRAINIAN, "%.3f с", picture.end() / 1e9))
                                .uk()));
        html.raw("</p>\n");
        List<PageText> notes = notes();
        if (!notes.isEmpty()) {
            html.raw("<div class=\"note\" role=\"note\">");
            notes.forEach(note -> html.raw("<p>").text(note).raw("</p>"));
            html.raw("</div>\n");
        }
        return html.toString();
    }

    private PageText counts(String length) {
        return words.of(
                "facts",
                Integer.toString(picture.processes().size()),
                Integer.toString(picture.lanes().size()),
                Long.toString(picture.events()),
                length,
                CLOCK.format(Instant.ofEpochMilli(picture.epochMillis())));
    }

    private List<PageText> notes() {
        List<PageText> notes = new ArrayList<>();
        long error = 0;
        long namesLost = 0;
        for (ProcessOf process : picture.processes()) {
            String who = process.name() + " (pid " + process.pid() + ")";
            if (!process.readable()) {
                notes.add(words.of("unreadable", who));
            } else if (process.clockErrorNanos() == Long.MAX_VALUE && process.attached() != Picture.NONE) {
                notes.add(words.of("clock.unknown", who));
            } else if (process.clockErrorNanos() != Long.MAX_VALUE) {
                error = Math.max(error, process.clockErrorNanos());
            }
            namesLost += process.namesLost();
        }
        if (picture.lost() > 0) {
            notes.add(0, words.of("lost", Long.toString(picture.lost())));
        }
        if (namesLost > 0) {
            notes.add(words.of("names.lost", Long.toString(namesLost)));
        }
        if (error > SMALL_ERROR_NANOS) {
            notes.add(clockError(error));
        }
        return notes;
    }

    private PageText clockError(long nanos) {
        boolean small = nanos < 1_000_000;
        String number = small ? Long.toString(nanos / 1000) : String.format(Locale.ROOT, "%.1f", nanos / 1e6);
        PageText unit = words.of(small ? "unit.us" : "unit.ms");
        return new PageText(
                words.of("clock.error", number + " " + unit.en()).en(),
                words.of("clock.error", number + " " + unit.uk()).uk());
    }

    private String head() {
        Html html = new Html();
        html.raw("<section class=\"timeline\">\n<div class=\"tl-tools\">")
                .raw("<input type=\"search\" data-placeholder=\"tools.search\" data-label=\"tools.search\">")
                .raw("<span class=\"tl-zoom\">");
        button(html, "left", "&#8592;");
        button(html, "out", "&#8722;");
        button(html, "fit", "&#8596;");
        button(html, "in", "+");
        button(html, "right", "&#8594;");
        html.raw("</span><label><input type=\"checkbox\" data-arrows checked><span data-say=\"tools.arrows\">")
                .text("arrows")
                .raw("</span></label></div>\n<div class=\"tl-view\">")
                .raw("<canvas tabindex=\"0\" role=\"application\" aria-roledescription=\"timeline\"")
                .raw(" data-label=\"canvas.label\"></canvas><div class=\"tl-tip\" hidden></div></div>\n")
                .raw("<div class=\"tl-status\"></div><div class=\"tl-live\" aria-live=\"polite\"></div>\n");
        new Legend(picture).write(html);
        html.raw("<details><summary data-say=\"keys\"></summary><ul class=\"keys\">");
        key(html, "keys.pan", "←", "→");
        key(html, "keys.zoom", "+", "-");
        key(html, "keys.fit", "0");
        key(html, "keys.lane", "↑", "↓");
        key(html, "keys.bar", "n", "p");
        key(html, "keys.enter", "Enter");
        key(html, "keys.search", "/");
        html.raw("<li data-say=\"keys.wheel\"></li></ul></details>\n")
                .raw("<details><summary data-say=\"tables\"></summary><div class=\"tl-tables\"></div></details>\n");
        if (!trace.isEmpty()) {
            html.raw("<details open><summary data-say=\"trace.title\"></summary><p><a href=\"")
                    .text(trace)
                    .raw("\" download>")
                    .text(trace)
                    .raw("</a></p></details>\n");
        }
        return html.toString();
    }

    private static void button(Html html, String act, String sign) {
        html.raw("<button type=\"button\" data-act=\"" + act + "\" data-label=\"tools." + act + "\">" + sign
                + "</button>");
    }

    private static void key(Html html, String meaning, String... keys) {
        html.raw("<li>");
        for (String key : keys) {
            html.raw("<kbd>").text(key).raw("</kbd> ");
        }
        html.raw("<span data-say=\"" + meaning + "\"></span></li>");
    }
}

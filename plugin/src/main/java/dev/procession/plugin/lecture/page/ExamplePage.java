package dev.procession.plugin.lecture.page;

import dev.procession.plugin.lecture.Check;
import dev.procession.plugin.lecture.Language;
import dev.procession.plugin.lecture.Line;
import dev.procession.plugin.lecture.Measurement;
import dev.procession.plugin.lecture.Performance;
import dev.procession.plugin.lecture.Stage;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.report.Amount;
import dev.procession.plugin.timeline.ChromeTrace;
import dev.procession.plugin.timeline.Html;
import dev.procession.plugin.timeline.PageFrame;
import dev.procession.plugin.timeline.PageText;
import dev.procession.plugin.timeline.PageWords;
import dev.procession.plugin.timeline.Picture;
import dev.procession.plugin.timeline.TimelineFragment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The page of one example: what it is about and what to watch, its timeline, what came of it and why, its source beside the
 * Python idiom, and what the processes printed.
 */
final class ExamplePage {
    private final Bilingual texts;
    private final PageWords words;
    private final ExampleSources sources;
    private final Performance performance;
    private final Topic topic;

    ExamplePage(Bilingual texts, PageWords words, ExampleSources sources, Performance performance) {
        this.texts = texts;
        this.words = words;
        this.sources = sources;
        this.performance = performance;
        this.topic = performance.topic();
    }

    static String fileName(Topic topic) {
        return topic.number() + "-" + topic.name() + ".html";
    }

    void write(Path directory, Language language) throws IOException {
        PageText title = texts.of(topic, "title");
        Html navigation = new Html()
                .raw("<a href=\"index.html\">")
                .text(words.of("index"))
                .raw("</a>");
        PageText numbered = new PageText(topic.number() + " " + title.en(), topic.number() + " " + title.uk());
        Picture picture = Picture.of(performance.timeline())
                .named(ProcessHandle.current().pid(), topic.isOwn() ? "Maven" : Stage.MAIN);
        String trace = topic.number() + "-" + topic.name() + ".trace.json";
        ChromeTrace.write(directory.resolve(trace), picture);
        new PageFrame(numbered, language.code(), navigation.toString())
                .write(directory.resolve(fileName(topic)), out -> {
                    out.append(before());
                    TimelineFragment.of(picture, marks(), trace).write(out);
                    out.append(after());
                });
    }

    /** Parts of an example are marked in the record by their keys. */
    private Map<String, PageText> marks() {
        Map<String, PageText> marks = new LinkedHashMap<>();
        for (Line line : performance.transcript()) {
            if (line.isHeading()) {
                marks.put(line.text(), texts.of(topic, "part." + line.text()));
            }
        }
        return marks;
    }

    private String before() {
        Html html = new Html();
        if (texts.has(topic, "point")) {
            html.raw("<p class=\"lead\">").text(texts.of(topic, "point")).raw("</p>\n");
        }
        verdict(html);
        if (texts.has(topic, "watch")) {
            html.raw("<h2>")
                    .text(texts.of("watch"))
                    .raw("</h2>\n<p>")
                    .text(texts.of(topic, "watch"))
                    .raw("</p>\n");
        }
        return html.toString();
    }

    private void verdict(Html html) {
        long broken =
                performance.checks().stream().filter(check -> !check.holds()).count();
        boolean good = broken == 0 && performance.mishap().isEmpty();
        html.raw("<p class=\"verdict " + (good ? "good" : "bad") + "\">");
        if (performance.mishap().isPresent()) {
            html.text(words.of("mishap")).raw(" ").text(performance.mishap().get());
        } else if (broken > 0) {
            html.text(words.of("broken", Long.toString(broken), count(performance.checks())));
        } else {
            html.text(words.of("all.hold", count(performance.checks())));
        }
        html.raw("</p>\n");
    }

    private static String count(List<?> list) {
        return Integer.toString(list.size());
    }

    private String after() throws IOException {
        Html html = new Html();
        section(html, "happened");
        section(html, "why");
        checks(html);
        measurements(html);
        questions(html);
        code(html);
        transcript(html);
        return html.toString();
    }

    private void section(Html html, String key) {
        if (texts.has(topic, key)) {
            html.raw("<h2>")
                    .text(words.of(key))
                    .raw("</h2>\n<p>")
                    .text(texts.of(topic, key))
                    .raw("</p>\n");
        }
    }

    private void checks(Html html) {
        html.raw("<h2>").text(texts.of("checks")).raw("</h2>\n<div class=\"scroll\"><table class=\"checks\"><tbody>\n");
        for (Check check : performance.checks()) {
            html.raw("<tr><td class=\"" + (check.holds() ? "good\">✓ " : "bad\">✗ "))
                    .text(texts.of(check.holds() ? "ok" : "broken"))
                    .raw("</td><th scope=\"row\">")
                    .text(texts.of(topic, "check." + check.key()))
                    .raw("</th><td>")
                    .text(texts.of("observed"))
                    .raw(": <code>")
                    .text(check.observed())
                    .raw("</code>");
            if (!check.holds() || !check.expected().equals(check.observed())) {
                html.raw("<br>")
                        .text(texts.of("expected"))
                        .raw(": <code>")
                        .text(check.expected())
                        .raw("</code>");
            }
            html.raw("</td></tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private void measurements(Html html) {
        if (performance.measurements().isEmpty()) {
            return;
        }
        html.raw("<h2>").text(texts.of("measurements")).raw("</h2>\n<div class=\"scroll\"><table><tbody>\n");
        for (Measurement measurement : performance.measurements()) {
            html.raw("<tr><td class=\"num" + (measurement.isUnusual() ? " amber\">⚠ " : "\">"))
                    .text(texts.time(measurement.nanos()))
                    .raw("</td><th scope=\"row\">")
                    .text(texts.of(topic, "measured." + measurement.key()))
                    .raw("</th><td class=\"quiet\">");
            if (measurement.isUnusual()) {
                html.raw("<strong class=\"amber\">").text(texts.of("unusual")).raw("</strong>; ");
            }
            html.text(texts.usual(measurement)).raw("</td></tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private void questions(Html html) {
        if (!texts.has(topic, "question.1")) {
            return;
        }
        html.raw("<h2>").text(words.of("questions")).raw("</h2>\n");
        for (int i = 1; texts.has(topic, "question." + i); i++) {
            html.raw("<details class=\"question\" id=\"question-" + i + "\" open><summary>")
                    .text(texts.of(topic, "question." + i))
                    .raw("</summary><p>")
                    .text(texts.of(topic, "answer." + i))
                    .raw("</p></details>\n");
        }
    }

    private void code(Html html) throws IOException {
        Map<String, String> java = sources.java(topic);
        Optional<String> python = sources.python(topic);
        if (java.isEmpty() && python.isEmpty()) {
            return;
        }
        html.raw("<h2>").text(words.of("code")).raw("</h2>\n<div class=\"code\"><div>");
        boolean first = true;
        for (Map.Entry<String, String> source : java.entrySet()) {
            html.raw("<details" + (first ? " open" : "") + "><summary>")
                    .text(source.getKey())
                    .raw("</summary><pre tabindex=\"0\"><code>")
                    .raw(SourceText.JAVA.markup(source.getValue()))
                    .raw("</code></pre></details>");
            first = false;
        }
        html.raw("</div>");
        if (python.isPresent()) {
            html.raw("<div><details open><summary>")
                    .text(words.of("python"))
                    .raw("</summary><pre tabindex=\"0\"><code>")
                    .raw(SourceText.PYTHON.markup(python.get()))
                    .raw("</code></pre></details></div>");
        }
        html.raw("</div>\n");
    }

    private void transcript(Html html) {
        html.raw("<h2>").text(texts.of("transcript")).raw("</h2>\n<pre class=\"transcript\" tabindex=\"0\">");
        List<Line> lines = performance.transcript();
        for (Line line : lines.subList(0, Math.min(lines.size(), Line.MOST_SHOWN))) {
            if (line.isHeading()) {
                html.raw("<b>").text(texts.of(topic, "part." + line.text())).raw("</b>\n");
            } else {
                html.raw("<span class=\"c\">")
                        .text(String.format(Locale.ROOT, "%8s  ", Amount.seconds(line.nanos())))
                        .raw("</span><span class=\"k\">")
                        .text(String.format(Locale.ROOT, "%-14s", line.process()))
                        .raw("</span>" + (line.error() ? "<span class=\"bad\">! " : "<span>| "))
                        .text(line.text())
                        .raw("</span>\n");
            }
        }
        html.raw("</pre>\n");
        if (lines.size() > Line.MOST_SHOWN) {
            String file = topic.number() + "-" + topic.name() + ".txt";
            html.raw("<p>").text(texts.of("further")).raw(": <a href=\"" + file + "\">" + file + "</a></p>\n");
        }
    }
}

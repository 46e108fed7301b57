package dev.procession.plugin.lecture.page;

import dev.procession.plugin.lecture.Language;
import dev.procession.plugin.lecture.Performance;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.timeline.Html;
import dev.procession.plugin.timeline.PageFrame;
import dev.procession.plugin.timeline.PageText;
import dev.procession.plugin.timeline.PageWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leads to the pages of the examples, by topic and by question. Those that were not played this time keep the pages of an
 * earlier run, if they have some.
 */
record IndexPage(Bilingual texts, PageWords words, List<Topic> topics) {

    void write(Path directory, Language language, Map<Topic, Performance> played) throws IOException {
        PageText title = words.of("index.title");
        new PageFrame(title, language.code(), "").write(directory.resolve("index.html"), out -> {
            Html html = new Html();
            html.raw("<p class=\"lead\">").text(words.of("index.lead")).raw("</p>\n<h2>");
            html.text(words.of("index.topics")).raw("</h2>\n<ol class=\"topics\">\n");
            for (Topic topic : topics) {
                topic(html, topic, Files.exists(directory.resolve(ExamplePage.fileName(topic))), played.get(topic));
            }
            html.raw("</ol>\n<h2>").text(words.of("index.questions")).raw("</h2>\n<ul class=\"asked\">\n");
            for (Topic topic : topics) {
                questions(html, topic, Files.exists(directory.resolve(ExamplePage.fileName(topic))));
            }
            out.append(html.raw("</ul>\n").toString());
        });
    }

    private void topic(Html html, Topic topic, boolean hasPage, @Nullable Performance performance) {
        html.raw("<li><span class=\"number\">").text(topic.number()).raw("</span><div>");
        link(html, topic, "", hasPage, texts.of(topic, "title"));
        html.raw("<p>").text(texts.of(topic, "point")).raw("</p>");
        Optional<Boolean> good = Optional.ofNullable(performance)
                .map(one -> one.problems(texts.english()).isEmpty());
        if (good.isPresent()) {
            html.raw(good.get() ? "<p class=\"good\">✓ " : "<p class=\"bad\">✗ ")
                    .text(words.of(good.get() ? "index.holds" : "index.failed"))
                    .raw("</p>");
        } else {
            html.raw("<p class=\"quiet\">")
                    .text(words.of(hasPage ? "index.earlier" : "index.unplayed"))
                    .raw("</p>");
        }
        html.raw("</div></li>\n");
    }

    private void questions(Html html, Topic topic, boolean hasPage) {
        for (int i = 1; texts.has(topic, "question." + i); i++) {
            html.raw("<li>");
            link(html, topic, "#question-" + i, hasPage, texts.of(topic, "question." + i));
            html.raw(" <span class=\"quiet\">").text(topic.number()).raw("</span></li>\n");
        }
    }

    private static void link(Html html, Topic topic, String anchor, boolean hasPage, PageText words) {
        if (hasPage) {
            html.raw("<a href=\"")
                    .text(ExamplePage.fileName(topic) + anchor)
                    .raw("\">")
                    .text(words)
                    .raw("</a>");
        } else {
            html.text(words);
        }
    }
}

package dev.procession.plugin.lecture.page;

import dev.procession.plugin.lecture.Language;
import dev.procession.plugin.lecture.Performance;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.timeline.PageWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages of a lecture: one for each example, written when it has been played, and an index at the end. */
public final class DemoPages {
    private final Path directory;
    private final Language language;
    private final Bilingual texts;
    private final ExampleSources sources;
    private final PageWords words = new PageWords(DemoPages.class, "pages");
    private final Map<Topic, Performance> played = new LinkedHashMap<>();

    public DemoPages(Path directory, Language language, Bilingual texts, ExampleSources sources) {
        this.directory = directory;
        this.language = language;
        this.texts = texts;
        this.sources = sources;
    }

    public void add(Performance performance) throws IOException {
        new ExamplePage(texts, words, sources, performance).write(directory, language);
        played.put(performance.topic(), performance);
    }

    /** Returns the page to begin with. */
    public Path finish(List<Topic> all) throws IOException {
        new IndexPage(texts, words, all).write(directory, language, played);
        return directory.resolve("index.html");
    }
}

package dev.procession.plugin.lecture.play;

import dev.procession.plugin.lecture.LectureFailedException;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.lecture.example.Syllabus;
import dev.procession.plugin.report.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The topics there are, and the choice among them. */
record Programme(List<Topic> topics) {
    private static final String ALL = "all";

    static Programme ofTheLecture() {
        return new Programme(Syllabus.topics());
    }

    /** The topics that {@code typed} asks for, each once, in the order in which they were asked for. */
    List<Topic> choose(String typed) {
        Map<String, Topic> chosen = new LinkedHashMap<>();
        for (String part : typed.split(",", -1)) {
            String word = part.strip().toLowerCase(Locale.ROOT);
            for (Topic topic : word.equals(ALL) ? topics : find(word, typed)) {
                chosen.put(topic.number(), topic);
            }
        }
        return List.copyOf(chosen.values());
    }

    private List<Topic> find(String word, String typed) {
        List<Topic> called =
                topics.stream().filter(topic -> topic.isCalled(word)).toList();
        if (!called.isEmpty()) {
            return called;
        }
        List<Topic> about = topics.stream().filter(topic -> topic.isAbout(word)).toList();
        if (about.isEmpty()) {
            throw unknown(word, typed);
        }
        return about;
    }

    Programme and(List<Topic> own) {
        List<Topic> all = new ArrayList<>(topics);
        all.addAll(own);
        return new Programme(List.copyOf(all));
    }

    private LectureFailedException unknown(String word, String typed) {
        NearestName nearest = new NearestName(word);
        StringBuilder there = new StringBuilder();
        for (Topic topic : topics) {
            nearest.consider(topic.name());
            there.append(topic.numberAndName()).append(", ");
        }
        return new LectureFailedException("<example> (procession.demo.example) must name examples: example=" + typed
                + ", where \"" + word + "\" is none"
                + nearest.nearest().map(name -> "; did you mean " + name + "?").orElse("") + "; there are " + there
                + ALL
                + ", or several with commas between them");
    }
}

package dev.procession.plugin.timeline;

import com.google.gson.stream.JsonWriter;
import dev.procession.plugin.timeline.Picture.Arrow;
import dev.procession.plugin.timeline.Picture.Bar;
import dev.procession.plugin.timeline.Picture.BarKind;
import dev.procession.plugin.timeline.Picture.Curve;
import dev.procession.plugin.timeline.Picture.Dot;
import dev.procession.plugin.timeline.Picture.Lane;
import dev.procession.plugin.timeline.Picture.Outcome;
import dev.procession.plugin.timeline.Picture.Point;
import dev.procession.plugin.timeline.Picture.ProcessOf;
import dev.procession.timeline.TimelineObject;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;

/**
 * A picture in the Trace Event Format, which Perfetto and {@code chrome://tracing} open. What a thread is in, is a complete
 * event (X) inside the one of its whole life, or a begin (B) without an end where the record has none; what it has and may
 * give back in any order, an asynchronous pair (b, e). Arrows are flows (s, f), permits and lengths counters (C).
 */
public final class ChromeTrace {
    private final JsonWriter json;
    private final Picture picture;
    private long pairs;

    private ChromeTrace(Writer out, Picture picture) {
        this.json = new JsonWriter(out);
        this.picture = picture;
    }

    /**
     * Writes the file; the one before is replaced as a whole.
     *
     * @param file where to; its directories are made
     * @param picture what to write
     * @throws IOException when it cannot be written
     */
    public static void write(Path file, Picture picture) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent() == null ? absolute : absolute.getParent();
        Files.createDirectories(directory);
        Path draft = directory.resolve("." + UUID.randomUUID() + ".json");
        try {
            try (Writer out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
                new ChromeTrace(out, picture).write();
            }
            Files.move(draft, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void write() throws IOException {
        json.beginObject()
                .name("displayTimeUnit")
                .value("ns")
                .name("traceEvents")
                .beginArray();
        for (int i = 0; i < picture.lanes().size(); i++) {
            lane(i);
        }
        int number = 0;
        for (Arrow arrow : picture.arrows()) {
            number++;
            flow("s", number, arrow, arrow.fromLane(), arrow.from());
            flow("f", number, arrow, arrow.toLane(), arrow.to());
        }
        for (Curve curve : picture.curves()) {
            curve(curve);
        }
        json.endArray().endObject();
        json.flush();
    }

    private void lane(int index) throws IOException {
        Lane lane = picture.lanes().get(index);
        ProcessOf process = process(index);
        name("process_name", index, process.name());
        name("thread_name", index, lane.thread().isEmpty() ? process.name() : lane.thread());
        complete(index, "running", "state", lane.begin(), lane.end() - lane.begin());
        json.endObject();
        for (Bar bar : lane.bars()) {
            bar(index, bar);
        }
        for (Dot dot : lane.dots()) {
            begin("i", index, dot.kind() + object(" ", dot.object(), dot.text()), "moment", dot.time());
            json.name("s").value("t").name("args").beginObject();
            json.name("value").value(dot.value()).endObject().endObject();
        }
    }

    private void bar(int index, Bar bar) throws IOException {
        String kind = bar.kind().name().toLowerCase(Locale.ROOT);
        String name = kind + object(" ", bar.object(), bar.text());
        boolean nests = bar.kind() == BarKind.WAIT || bar.kind() == BarKind.SLEEP || bar.kind() == BarKind.BOOT;
        if (nests && bar.outcome() == Outcome.OPEN) {
            begin("B", index, name, kind, bar.begin());
            json.endObject();
        } else if (nests) {
            complete(index, name, kind, bar.begin(), bar.end() - bar.begin());
            json.name("args").beginObject();
            json.name("outcome").value(bar.outcome().name().toLowerCase(Locale.ROOT));
            json.endObject().endObject();
        } else {
            pairs++;
            begin("b", index, name, kind, bar.begin());
            json.name("id").value(pairs).endObject();
            begin("e", index, name, kind, bar.end());
            json.name("id").value(pairs).endObject();
        }
    }

    private void flow(String phase, int number, Arrow arrow, int lane, long time) throws IOException {
        String kind = arrow.kind().name().toLowerCase(Locale.ROOT);
        begin(phase, lane, kind + object(" ", arrow.object(), ""), kind, time);
        json.name("id").value(number);
        if (phase.equals("f")) {
            // To the slice that it ends in, not to the next one.
            json.name("bp").value("e");
        }
        json.endObject();
    }

    private void curve(Curve curve) throws IOException {
        String name = curve.kind().toLowerCase(Locale.ROOT) + object(" ", curve.object(), "");
        for (Point point : curve.points()) {
            begin("C", 0, name, "curve", point.time());
            json.name("args")
                    .beginObject()
                    .name("value")
                    .value(
                            curve.kind().equals(Picture.PROCESSORS)
                                    ? BigDecimal.valueOf(point.value(), 3)
                                    : BigDecimal.valueOf(point.value()))
                    .endObject()
                    .endObject();
        }
    }

    private String object(String before, int index, String text) {
        if (!text.isEmpty()) {
            return before + text;
        }
        if (index < 0) {
            return "";
        }
        TimelineObject object = picture.objects().get(index);
        return before + object.type() + " " + (object.name().isEmpty() ? "#" + (index + 1) : object.name());
    }

    private void complete(int lane, String name, String category, long begin, long length) throws IOException {
        begin("X", lane, name, category, begin);
        json.name("dur").value(micros(length));
    }

    private void begin(String phase, int lane, String name, String category, long time) throws IOException {
        json.beginObject();
        json.name("ph").value(phase);
        json.name("name").value(name);
        json.name("cat").value(category);
        json.name("pid").value(picture.lanes().isEmpty() ? 0 : process(lane).pid());
        json.name("tid").value(lane + 1L);
        json.name("ts").value(micros(time));
    }

    private void name(String what, int lane, String name) throws IOException {
        json.beginObject();
        json.name("ph").value("M");
        json.name("name").value(what);
        json.name("pid").value(process(lane).pid());
        json.name("tid").value(lane + 1L);
        json.name("args").beginObject().name("name").value(name).endObject();
        json.endObject();
    }

    private ProcessOf process(int lane) {
        return picture.processes().get(picture.lanes().get(lane).process());
    }

    /** With all digits: a double would lose the last ones of a long run. */
    private static BigDecimal micros(long nanos) {
        return BigDecimal.valueOf(nanos, 3);
    }
}

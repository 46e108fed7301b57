package dev.procession.plugin.timeline;

import com.google.gson.stream.JsonWriter;
import dev.procession.plugin.timeline.Picture.Arrow;
import dev.procession.plugin.timeline.Picture.Bar;
import dev.procession.plugin.timeline.Picture.Curve;
import dev.procession.plugin.timeline.Picture.Dot;
import dev.procession.plugin.timeline.Picture.Lane;
import dev.procession.plugin.timeline.Picture.ProcessOf;
import dev.procession.timeline.TimelineObject;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A picture as the JSON that the page's script reads: columns instead of objects, and differences instead of times, since
 * small numbers take few characters. A million events stay below 30 MB, and are read in a second.
 */
final class PictureJson {
    private final JsonWriter json;
    private final Picture picture;
    private final Map<String, Integer> dotKinds = new LinkedHashMap<>();

    private PictureJson(Appendable out, Picture picture) {
        this.json = new JsonWriter(out instanceof Writer writer ? writer : new AppendableWriter(out));
        this.picture = picture;
        // No < and no & in it: nothing that came from outside can end the block that it stands in.
        json.setHtmlSafe(true);
    }

    static void write(Appendable out, Picture picture, Map<String, PageText> marks) throws IOException {
        new PictureJson(out, picture).write(marks);
    }

    private void write(Map<String, PageText> marks) throws IOException {
        json.beginObject();
        json.name("end").value(picture.end());
        json.name("wall").value(picture.epochMillis());
        json.name("events").value(picture.events());
        json.name("lost").value(picture.lost());
        processes();
        objects();
        json.name("lanes").beginArray();
        for (Lane lane : picture.lanes()) {
            lane(lane);
        }
        json.endArray();
        json.name("dotKinds").beginArray();
        for (String kind : dotKinds.keySet()) {
            json.value(kind);
        }
        json.endArray();
        arrows(picture.arrows());
        json.name("curves").beginArray();
        for (Curve curve : picture.curves()) {
            curve(curve);
        }
        json.endArray();
        json.name("marks").beginObject();
        for (Map.Entry<String, PageText> mark : marks.entrySet()) {
            json.name(mark.getKey()).beginObject();
            json.name("en").value(mark.getValue().en());
            json.name("uk").value(mark.getValue().uk());
            json.endObject();
        }
        json.endObject();
        json.endObject();
        json.flush();
    }

    private void processes() throws IOException {
        json.name("processes").beginArray();
        for (ProcessOf process : picture.processes()) {
            json.beginObject();
            json.name("pid").value(process.pid());
            json.name("name").value(process.name());
            json.name("started").value(process.started());
            json.name("attached").value(process.attached());
            json.name("ended").value(process.ended());
            json.name("exitCode").value(process.exitCode());
            json.name("dismissed").value(process.dismissed());
            json.name("readable").value(process.readable());
            json.name("lost").value(process.lost());
            json.endObject();
        }
        json.endArray();
    }

    private void objects() throws IOException {
        json.name("objects").beginArray();
        int number = 0;
        for (TimelineObject object : picture.objects()) {
            number++;
            // Ids have up to 63 bits, of which a script keeps 53: the anonymous are counted instead.
            json.beginArray()
                    .value(object.type())
                    .value(object.name())
                    .value(number)
                    .endArray();
        }
        json.endArray();
    }

    private void lane(Lane lane) throws IOException {
        json.beginObject();
        json.name("p").value(lane.process());
        json.name("n").value(lane.thread());
        json.name("b").value(lane.begin());
        json.name("e").value(lane.end());
        json.name("r").value(lane.rows());
        List<Bar> bars = lane.bars();
        column("k", bars, bar -> bar.kind().code() << 3 | bar.outcome().code());
        column("o", bars, Bar::object);
        differences("t", bars, Bar::begin);
        column("d", bars, bar -> bar.end() - bar.begin());
        column("v", bars, Bar::value);
        column("w", bars, Bar::row);
        texts("x", bars.stream().map(Bar::text).toList());
        List<Dot> dots = lane.dots();
        column("dk", dots, dot -> kind(dot.kind()));
        column("do", dots, Dot::object);
        differences("dt", dots, Dot::time);
        column("dv", dots, Dot::value);
        texts("dx", dots.stream().map(Dot::text).toList());
        json.endObject();
    }

    private int kind(String kind) {
        return dotKinds.computeIfAbsent(kind, key -> dotKinds.size());
    }

    private void arrows(List<Arrow> arrows) throws IOException {
        json.name("arrows").beginObject();
        column("k", arrows, arrow -> arrow.kind().code());
        column("o", arrows, Arrow::object);
        column("f", arrows, Arrow::fromLane);
        column("g", arrows, Arrow::toLane);
        differences("s", arrows, Arrow::from);
        column("d", arrows, arrow -> arrow.to() - arrow.from());
        json.endObject();
    }

    private void curve(Curve curve) throws IOException {
        json.beginObject();
        json.name("k").value(curve.kind());
        json.name("o").value(curve.object());
        differences("t", curve.points(), Picture.Point::time);
        column("v", curve.points(), Picture.Point::value);
        json.endObject();
    }

    private <T> void column(String name, List<T> rows, ToLongFunction<T> value) throws IOException {
        json.name(name).beginArray();
        for (T row : rows) {
            json.value(value.applyAsLong(row));
        }
        json.endArray();
    }

    private <T> void differences(String name, List<T> rows, ToLongFunction<T> value) throws IOException {
        long before = 0;
        json.name(name).beginArray();
        for (T row : rows) {
            long now = value.applyAsLong(row);
            json.value(now - before);
            before = now;
        }
        json.endArray();
    }

    /** Most have none. */
    private void texts(String name, List<String> texts) throws IOException {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!texts.get(i).isEmpty()) {
                places.add(i);
            }
        }
        json.name(name).beginObject();
        for (int place : places) {
            json.name(Integer.toString(place)).value(texts.get(place));
        }
        json.endObject();
    }
}

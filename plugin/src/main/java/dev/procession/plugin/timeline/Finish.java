package dev.procession.plugin.timeline;

import dev.procession.plugin.timeline.Draft.Life;
import dev.procession.plugin.timeline.Draft.Link;
import dev.procession.plugin.timeline.Draft.Stretch;
import dev.procession.plugin.timeline.Draft.Track;
import dev.procession.plugin.timeline.Picture.Arrow;
import dev.procession.plugin.timeline.Picture.ArrowKind;
import dev.procession.plugin.timeline.Picture.Bar;
import dev.procession.plugin.timeline.Picture.BarKind;
import dev.procession.plugin.timeline.Picture.Curve;
import dev.procession.plugin.timeline.Picture.Dot;
import dev.procession.plugin.timeline.Picture.Lane;
import dev.procession.plugin.timeline.Picture.Outcome;
import dev.procession.plugin.timeline.Picture.Point;
import dev.procession.plugin.timeline.Picture.ProcessOf;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineEvent;
import dev.procession.timeline.TimelineObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Gives lanes their numbers, lets times begin at 0, and ends what nobody has ended. */
record Finish(
        Timeline timeline,
        List<Life> lives,
        List<TimelineObject> objects,
        Map<String, List<Point>> curves,
        List<Link> links,
        long begin,
        long end) {

    Picture picture() {
        lives.sort(Comparator.comparingLong(Finish::birth));
        List<ProcessOf> processes = new ArrayList<>();
        List<Lane> lanes = new ArrayList<>();
        for (Life life : lives) {
            life.forgetBlanks();
            for (Track track : life.tracks.values()) {
                track.index = lanes.size();
                lanes.add(lane(life, track, processes.size()));
            }
            processes.add(process(life));
        }
        List<Arrow> arrows = new ArrayList<>();
        for (Link link : links) {
            arrows.add(arrow(link));
        }
        arrows.sort(Comparator.comparingLong(Arrow::from));
        List<Curve> numbers = new ArrayList<>();
        curves.forEach((key, points) -> numbers.add(curve(key, points)));
        long wall = timeline.events().isEmpty() ? 0 : epochMillis();
        return new Picture(
                List.copyOf(processes),
                List.copyOf(lanes),
                List.copyOf(objects),
                List.copyOf(numbers),
                List.copyOf(arrows),
                wall,
                end - begin,
                timeline.events().size(),
                timeline.lost());
    }

    private long epochMillis() {
        TimelineEvent first = timeline.events().get(0);
        return timeline.timeOf(first).minusNanos(first.nanos() - begin).toEpochMilli();
    }

    private static long birth(Life life) {
        if (life.isStarted) {
            return life.started;
        }
        Track first = life.first();
        return first.isSeen ? first.first : Long.MAX_VALUE;
    }

    private ProcessOf process(Life life) {
        return new ProcessOf(
                life.pid,
                life.name,
                life.isStarted ? life.started - begin : Picture.NONE,
                life.isAttached ? life.attached - begin : Picture.NONE,
                life.isEnded ? life.ended - begin : Picture.NONE,
                life.exitCode,
                life.isDismissed,
                life.readable,
                life.lost,
                life.namesLost,
                life.clockError);
    }

    private Lane lane(Life life, Track track, int process) {
        long over = life.isEnded ? life.ended : end;
        for (Stretch stretch : List.copyOf(track.open)) {
            track.close(stretch, over, life.isEnded ? Outcome.DIED : Outcome.OPEN);
        }
        boolean stands = track == life.first();
        if (stands && life.isStarted && life.isAttached) {
            long up = Math.max(life.started, life.attached);
            track.bars.add(new Bar(BarKind.BOOT, -1, "", life.started, up, 0, Outcome.DONE, 0));
        }
        List<Bar> bars = new ArrayList<>(track.bars.size());
        for (Bar bar : track.bars) {
            // A death is noticed after it has happened, and its parent knows best when.
            long last = life.isEnded ? Math.min(bar.end(), Math.max(bar.begin(), life.ended)) : bar.end();
            bars.add(new Bar(
                    bar.kind(),
                    bar.object(),
                    bar.text(),
                    bar.begin() - begin,
                    last - begin,
                    bar.value(),
                    bar.outcome(),
                    bar.row()));
        }
        bars.sort(Comparator.comparingLong(Bar::begin));
        List<Dot> dots = new ArrayList<>(track.dots.size());
        for (Dot dot : track.dots) {
            dots.add(new Dot(dot.kind(), dot.object(), dot.text(), dot.time() - begin, dot.value()));
        }
        dots.sort(Comparator.comparingLong(Dot::time));
        long from = stands && life.isStarted ? life.started : track.isSeen ? track.first : begin;
        long to = stands ? over : track.isSeen ? track.last : from;
        return new Lane(process, track.thread, from - begin, Math.max(from, to) - begin, track.rowCount, bars, dots);
    }

    private Arrow arrow(Link link) {
        long from = link.fromTime();
        if (link.kind() == ArrowKind.DEATH && link.from().life.isEnded) {
            from = Math.min(from, link.from().life.ended);
        }
        int fromLane = link.from().life.shown(link.from()).index;
        int toLane = link.to().life.shown(link.to()).index;
        return new Arrow(link.kind(), link.object(), fromLane, from - begin, toLane, link.toTime() - begin);
    }

    private Curve curve(String key, List<Point> points) {
        int blank = key.indexOf(' ');
        List<Point> moved = new ArrayList<>(points.size());
        for (Point point : points) {
            moved.add(new Point(point.time() - begin, point.value()));
        }
        moved.sort(Comparator.comparingLong(Point::time));
        return new Curve(key.substring(0, blank), Integer.parseInt(key.substring(blank + 1)), moved);
    }
}

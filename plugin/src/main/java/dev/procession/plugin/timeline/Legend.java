package dev.procession.plugin.timeline;

import dev.procession.plugin.timeline.Picture.Arrow;
import dev.procession.plugin.timeline.Picture.ArrowKind;
import dev.procession.plugin.timeline.Picture.Bar;
import dev.procession.plugin.timeline.Picture.BarKind;
import dev.procession.plugin.timeline.Picture.Lane;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What the patterns and the lines of a picture mean; only of those that it has. */
record Legend(Picture picture) {

    void write(Html html) {
        Set<BarKind> kinds = EnumSet.noneOf(BarKind.class);
        for (Lane lane : picture.lanes()) {
            for (Bar bar : lane.bars()) {
                kinds.add(bar.kind());
            }
        }
        Set<ArrowKind> arrows = EnumSet.noneOf(ArrowKind.class);
        for (Arrow arrow : picture.arrows()) {
            arrows.add(arrow.kind());
        }
        html.raw("<ul class=\"tl-legend\">");
        box(html, "run", "");
        if (kinds.contains(BarKind.BOOT)) {
            box(html, "boot", "<path d=\"M5 0V14M11 0V14M17 0V14\"/>");
        }
        if (kinds.contains(BarKind.WAIT)) {
            box(html, "wait", "<path d=\"M-2 12L12 -2M5 16L19 2M12 16L24 4\"/>");
        }
        if (kinds.contains(BarKind.SLEEP)) {
            box(html, "sleep", "<path d=\"M4 4h1M11 10h1M18 4h1\"/>");
        }
        for (BarKind kind : EnumSet.of(BarKind.HOLD, BarKind.TASK, BarKind.SPAN)) {
            if (kinds.contains(kind)) {
                box(html, kind.name().toLowerCase(Locale.ROOT), "");
            }
        }
        box(html, "dead", "<path d=\"M0 0L14 14M14 0L0 14M8 0L22 14M22 0L8 14\"/>");
        line(html, arrows.contains(ArrowKind.WAKE), "wake", "");
        line(html, arrows.contains(ArrowKind.MESSAGE), "message", "5 3");
        line(html, arrows.contains(ArrowKind.START) || arrows.contains(ArrowKind.END), "start", "1 3");
        line(html, arrows.contains(ArrowKind.DEATH), "death", "2 2");
        html.raw("<li data-say=\"legend.died\"></li></ul>\n");
    }

    private static void box(Html html, String name, String pattern) {
        html.raw(
                "<li><svg width=\"22\" height=\"14\" aria-hidden=\"true\"><rect width=\"22\" height=\"14\" style=\"fill:var(--"
                        + name + ");stroke:var(--line)\"/><g style=\"fill:none;stroke:var(--line)\">" + pattern
                        + "</g></svg><span data-say=\"legend." + name + "\"></span></li>");
    }

    private static void line(Html html, boolean isThere, String name, String dashes) {
        if (isThere) {
            html.raw(
                    "<li><svg width=\"26\" height=\"10\" aria-hidden=\"true\"><path d=\"M0 5H20\" style=\"stroke:var(--arrow-"
                            + name + ");stroke-width:1.6;stroke-dasharray:" + (dashes.isEmpty() ? "none" : dashes)
                            + "\"/><path d=\"M26 5L19 1.5V8.5Z\" style=\"fill:var(--arrow-" + name
                            + ")\"/></svg><span data-say=\"legend.arrow." + name + "\"></span></li>");
        }
    }
}

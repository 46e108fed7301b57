package dev.procession.plugin.timeline;

import dev.procession.plugin.timeline.Picture.Bar;
import dev.procession.plugin.timeline.Picture.BarKind;
import dev.procession.plugin.timeline.Picture.Lane;
import dev.procession.plugin.timeline.Picture.ProcessOf;
import java.util.ArrayList;
import java.util.List;

/**
 * Lanes as lines of text, one for each process: {@code -} is starting, {@code =} running, {@code .} waiting, {@code z}
 * sleeping, {@code #} having something or working at something, {@code x} the end. What the record does not know of a
 * process that takes no part is {@code ~}.
 */
public final class LaneText {
    private static final int NAME = 14;
    private static final int CODE = 5;

    private LaneText() {}

    /**
     * Draws the whole picture.
     *
     * @param picture what
     * @param columns how many characters a line may have
     * @return a line for each process
     */
    public static List<String> of(Picture picture, int columns) {
        int cells = Math.max(10, columns - NAME - CODE - 2);
        List<String> lines = new ArrayList<>();
        for (int process = 0; process < picture.processes().size(); process++) {
            lines.add(line(picture, process, cells));
        }
        return lines;
    }

    private static String line(Picture picture, int index, int cells) {
        ProcessOf process = picture.processes().get(index);
        char[] line = " ".repeat(cells).toCharArray();
        double perCell = Math.max(1, picture.end()) / (double) cells;
        for (Lane lane : picture.lanes()) {
            if (lane.process() == index) {
                paint(line, lane.begin(), lane.end(), perCell, process.attached() == Picture.NONE ? '~' : '=');
                for (BarKind kind : new BarKind[] {
                    BarKind.BOOT, BarKind.SPAN, BarKind.TASK, BarKind.HOLD, BarKind.SLEEP, BarKind.WAIT
                }) {
                    paint(line, lane, kind, perCell);
                }
            }
        }
        String code = "";
        if (process.ended() != Picture.NONE) {
            line[cell(process.ended(), perCell, cells)] = 'x';
            code = process.dismissed() ? "" : " " + process.exitCode();
        }
        return name(process.name()) + ' ' + new String(line) + code;
    }

    private static void paint(char[] line, Lane lane, BarKind kind, double perCell) {
        for (Bar bar : lane.bars()) {
            if (bar.kind() == kind) {
                paint(line, bar.begin(), bar.end(), perCell, sign(kind));
            }
        }
    }

    private static char sign(BarKind kind) {
        return switch (kind) {
            case BOOT -> '-';
            case WAIT -> '.';
            case SLEEP -> 'z';
            case HOLD, TASK, SPAN -> '#';
        };
    }

    private static void paint(char[] line, long begin, long end, double perCell, char sign) {
        int last = cell(end, perCell, line.length);
        for (int cell = cell(begin, perCell, line.length); cell <= last; cell++) {
            line[cell] = sign;
        }
    }

    private static int cell(long time, double perCell, int cells) {
        return (int) Math.max(0, Math.min(cells - 1, time / perCell));
    }

    /** Of the same length all; what a terminal could take for a command is a question mark. */
    private static String name(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints()
                .limit(NAME)
                .forEach(c -> text.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c));
        return text + " ".repeat(Math.max(0, NAME - text.codePointCount(0, text.length())));
    }
}

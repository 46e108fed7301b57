package dev.procession.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Curves over logarithmic axes, as SVG. The chart libraries that were tried draw each letter of each text as a path: half a
 * megabyte for what takes four kilobytes here.
 */
final class Plot {
    private static final int WIDTH = 720;
    private static final int LEFT = 70;
    private static final int RIGHT = 490;
    private static final int TOP = 44;
    private static final int BOTTOM = 330;
    private static final int HEIGHT = 380;

    /** Told apart by people with any kind of eyes, and by their marks as well. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#8a6d00", "#000000");

    private final String title;
    private final String across;
    private final String up;
    private final Map<String, Map<Long, Double>> curves;
    private final Scale x;
    private final Scale y;
    private final StringBuilder text = new StringBuilder(4096);

    Plot(String title, String across, String up, Map<String, Map<Long, Double>> curves) {
        this.title = title;
        this.across = across;
        this.up = up;
        this.curves = curves;
        x = Scale.of(
                curves.values().stream()
                        .flatMap(points -> points.keySet().stream())
                        .map(Long::doubleValue)
                        .toList(),
                LEFT,
                RIGHT);
        y = Scale.of(
                curves.values().stream()
                        .flatMap(points -> points.values().stream())
                        .toList(),
                BOTTOM,
                TOP);
    }

    String svg() {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT);
        line("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, HEIGHT);
        line("<text x=\"%d\" y=\"24\" font-size=\"15\">%s</text>", LEFT, plain(title));
        axes();
        int number = 0;
        for (Map.Entry<String, Map<Long, Double>> curve : curves.entrySet()) {
            curve(curve.getKey(), curve.getValue(), number++);
        }
        return text.append("</svg>\n").toString();
    }

    private void axes() {
        for (double mark : x.marks()) {
            double at = x.at(mark);
            line("<path d=\"M%.1f %dV%d\" stroke=\"#ddd\"/>", at, TOP, BOTTOM);
            line("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", at, BOTTOM + 18, amount(mark));
        }
        for (double mark : y.marks()) {
            double at = y.at(mark);
            line("<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>", LEFT, at, RIGHT);
            line("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, at + 4, amount(mark));
        }
        line("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#444\"/>", LEFT, TOP, BOTTOM, RIGHT);
        line(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + RIGHT) / 2, BOTTOM + 38, plain(across));
        int middle = (TOP + BOTTOM) / 2;
        line("<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>", middle, plain(up));
    }

    private void curve(String name, Map<Long, Double> points, int number) {
        String colour = COLOURS.get(number % COLOURS.size());
        String path = points.entrySet().stream()
                .map(point -> String.format(Locale.ROOT, "%.1f %.1f", x.at(point.getKey()), y.at(point.getValue())))
                .collect(Collectors.joining("L", "M", ""));
        line("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour);
        points.forEach((size, value) -> mark(x.at(size), y.at(value), number, colour));
        int key = TOP + 12 + number * 20;
        mark(RIGHT + 18, key - 4, number, colour);
        line("<text x=\"%d\" y=\"%d\">%s</text>", RIGHT + 30, key, plain(name));
    }

    private void mark(double atX, double atY, int number, String colour) {
        if (number % 2 == 0) {
            line("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>", atX, atY, colour);
        } else {
            line("<rect x=\"%.1f\" y=\"%.1f\" width=\"8\" height=\"8\" fill=\"%s\"/>", atX - 4, atY - 4, colour);
        }
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String amount(double value) {
        return value < 1
                ? java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String plain(String markdown) {
        return markdown.replace("`", "").replace("&", "&amp;").replace("<", "&lt;");
    }

    /** A logarithmic axis: where values lie between two ends. */
    private record Scale(double least, double most, double first, double last) {
        private static final double NARROW = 20;

        static Scale of(Collection<Double> values, double first, double last) {
            double least = values.stream().mapToDouble(value -> value).min().orElse(1);
            double most = values.stream().mapToDouble(value -> value).max().orElse(1);
            if (most / least < NARROW) {
                // So that there are marks: powers of two.
                return new Scale(power(2, least, false), Math.max(power(2, most, true), 2 * least), first, last);
            }
            return new Scale(power(10, least, false), power(10, most, true), first, last);
        }

        private static double power(int base, double value, boolean upwards) {
            double exponent = Math.log(value) / Math.log(base);
            double whole = Math.rint(exponent);
            double near = 1e-9;
            return Math.pow(
                    base,
                    Math.abs(exponent - whole) < near ? whole : upwards ? Math.ceil(exponent) : Math.floor(exponent));
        }

        double at(double value) {
            return first + (last - first) * Math.log(value / least) / Math.log(most / least);
        }

        List<Double> marks() {
            double step = most / least < NARROW ? 2 : 10;
            double end = most * (1 + 1e-9);
            return java.util.stream.DoubleStream.iterate(least, mark -> mark <= end, mark -> mark * step)
                    .boxed()
                    .toList();
        }
    }
}

package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.work.FileStat;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of a plan that people read and edit: what is done, size and time of the source, the source, the target; with
 * tabs between them. Names are readable; what would not be, and '%', stands as %XX byte by byte.
 *
 * @param action {@code place}, {@code replace} or {@code overwrite}
 * @param source the raw path, relative to the source
 * @param stat size and time of it
 * @param target the raw path, relative to the output
 */
record PlanLine(String action, String source, FileStat stat, String target) {
    static final String OVERWRITE = "overwrite";

    static PlanLine of(Placement placement) {
        String action = switch (placement.step()) {
            case REPLACE -> "replace";
            case DISPLACE -> OVERWRITE;
            default -> "place";
        };
        return new PlanLine(action, placement.file().path(), placement.file().stat(), placement.target());
    }

    String text() {
        Instant time = Instant.ofEpochSecond(
                Math.floorDiv(stat.modifiedNanos(), 1_000_000_000L),
                Math.floorMod(stat.modifiedNanos(), 1_000_000_000L));
        return action + "\t" + stat.size() + "\t" + time + "\t" + written(source) + "\t" + written(target);
    }

    /** What a line says; empty when it is none. */
    static Optional<PlanLine> parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 5 || !fields[0].matches("place|replace|overwrite") || !fields[1].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        String source = read(fields[3]);
        String target = read(fields[4]);
        if (source == null || target == null) {
            return Optional.empty();
        }
        try {
            Instant time = Instant.parse(fields[2]);
            long nanos = Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
            return Optional.of(
                    new PlanLine(fields[0], source, new FileStat(Long.parseLong(fields[1]), nanos, ""), target));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** A raw name for people. */
    static String written(String raw) {
        Optional<String> text = RawName.unicode(raw);
        String from = text.orElse(raw);
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < from.length(); i++) {
            // Half a character of two halves is no control character, and stays as it is.
            char c = from.charAt(i);
            boolean plain = c != '%' && !Character.isISOControl(c) && (text.isPresent() || c < 128);
            if (plain) {
                written.append(c);
            } else {
                for (byte b : String.valueOf(c)
                        .getBytes(text.isPresent() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)) {
                    written.append(String.format("%%%02X", b & 0xFF));
                }
            }
        }
        return written.toString();
    }

    /** The raw name that was written so; null when it was not. */
    static @Nullable String read(String written) {
        for (int i = written.indexOf('%'); i >= 0; i = written.indexOf('%', i + 1)) {
            if (i + 3 > written.length() || !written.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}")) {
                return null;
            }
        }
        return RawName.decoded(RawName.ofUnicode(written));
    }

    /** Why a target leads where no file may be put; null when it does not. */
    @Nullable
    String obstacle() {
        for (String part : target.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return "is no path inside <output>";
            }
        }
        if (target.indexOf('/') < 0) {
            return "names no folder";
        }
        return target.startsWith(OwnPlaces.NAME + "/") ? "is where the goal keeps its own files" : null;
    }
}

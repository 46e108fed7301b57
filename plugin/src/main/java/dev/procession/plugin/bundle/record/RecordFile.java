package dev.procession.plugin.bundle.record;

import dev.procession.plugin.bundle.publish.Staging;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.SealedText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a {@link BuildRecord} in a file: a line per file, fields separated by blanks, names percent-encoded, a checksum
 * in the last line. Lines rather than JSON because it is read in every build, also in those that do nothing.
 *
 * <pre>{@code
 * procession bundle-js 4
 * started 1763811623000000000
 * bundle 5d41... 1763811623050000000 classes/META-INF/resources/shop.js
 * took 120 src/main/js/a.js
 * in 120 1763811600123456789 (dev=801,ino=1234) 9b74... src/main/js/a.js
 * dir 4096 1763811600123456789 (dev=801,ino=1201) 1ac4... src/main/js
 * found -1 0 - - src/main/js/a.js.map
 * out 140 1763811623123456789 (dev=801,ino=1240) 7d79... classes/META-INF/resources/shop.js
 * property shop.file shop.js
 * end 1c291ca3
 * }</pre>
 */
public final class RecordFile {
    private static final String HEAD = "procession bundle-js 4";

    private final Path file;

    public RecordFile(Path file) {
        this.file = file;
    }

    /** The record, or {@link BuildRecord#NONE} when there is none or it is damaged: then everything is built anew. */
    public BuildRecord read() {
        return whole().orElse(BuildRecord.NONE);
    }

    /** The record, or empty when there is none, or it is damaged or another version's. */
    public Optional<BuildRecord> whole() {
        try {
            Optional<String> text = SealedText.read(file, HEAD);
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(parse(text.get().split("\n")));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static BuildRecord parse(String[] lines) {
        long started = Long.parseLong(lines[0].substring("started ".length()));
        List<BuildRecord.Bundle> bundles = new ArrayList<>();
        for (int i = 1; i < lines.length; ) {
            String[] head = lines[i++].split(" ", -1);
            Map<String, Long> taken = new LinkedHashMap<>();
            List<FileState> inputs = new ArrayList<>();
            List<FileState> searched = new ArrayList<>();
            List<FileState> found = new ArrayList<>();
            List<FileState> outputs = new ArrayList<>();
            Map<String, String> properties = new LinkedHashMap<>();
            while (i < lines.length && !lines[i].startsWith("bundle ")) {
                String[] fields = lines[i++].split(" ", -1);
                switch (fields[0]) {
                    case "took" -> taken.put(FileName.decoded(fields[2]), Long.parseLong(fields[1]));
                    case "in" -> inputs.add(state(fields));
                    case "dir" -> searched.add(state(fields));
                    case "found" -> found.add(state(fields));
                    case "out" -> outputs.add(state(fields));
                    case "property" -> properties.put(FileName.decoded(fields[1]), FileName.decoded(fields[2]));
                    default -> throw new IllegalArgumentException(fields[0]);
                }
            }
            bundles.add(new BuildRecord.Bundle(
                    FileName.decoded(head[3]),
                    head[1],
                    Long.parseLong(head[2]),
                    taken,
                    inputs,
                    searched,
                    found,
                    outputs,
                    properties));
        }
        return new BuildRecord(started, bundles);
    }

    private static FileState state(String[] fields) {
        FileStat stat = new FileStat(Long.parseLong(fields[1]), Long.parseLong(fields[2]), fields[3]);
        return new FileState(FileName.decoded(fields[5]), stat, fields[4]);
    }

    public void write(BuildRecord record, Staging staging) throws IOException {
        StringBuilder text =
                new StringBuilder("started ").append(record.startedNanos()).append('\n');
        for (BuildRecord.Bundle bundle : record.bundles()) {
            text.append("bundle ")
                    .append(bundle.fingerprint())
                    .append(' ')
                    .append(bundle.seenNanos())
                    .append(' ')
                    .append(FileName.encoded(bundle.output()))
                    .append('\n');
            for (Map.Entry<String, Long> each : bundle.taken().entrySet()) {
                text.append("took ")
                        .append(each.getValue())
                        .append(' ')
                        .append(FileName.encoded(each.getKey()))
                        .append('\n');
            }
            lines(text, "in ", bundle.inputs());
            lines(text, "dir ", bundle.searched());
            lines(text, "found ", bundle.found());
            lines(text, "out ", bundle.outputs());
            for (Map.Entry<String, String> property : bundle.properties().entrySet()) {
                text.append("property ")
                        .append(FileName.encoded(property.getKey()))
                        .append(' ')
                        .append(FileName.encoded(property.getValue()))
                        .append('\n');
            }
        }
        Staging.Draft draft = staging.draft(file);
        try (OutputStream out = draft.out()) {
            out.write(SealedText.of(HEAD, text));
        }
        staging.publish(draft.file());
    }

    private static void lines(StringBuilder text, String kind, List<FileState> states) {
        for (FileState state : states) {
            line(text, kind, state);
        }
    }

    private static void line(StringBuilder text, String kind, FileState state) {
        FileStat stat = state.stat();
        text.append(kind)
                .append(stat.size())
                .append(' ')
                .append(stat.modifiedNanos())
                .append(' ')
                .append(stat.key())
                .append(' ')
                .append(state.sha256())
                .append(' ')
                .append(FileName.encoded(state.name()))
                .append('\n');
    }
}

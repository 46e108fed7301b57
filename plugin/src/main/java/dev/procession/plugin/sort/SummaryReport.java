package dev.procession.plugin.sort;

import com.google.gson.stream.JsonWriter;
import dev.procession.plugin.report.Amount;
import dev.procession.plugin.sort.archive.ArchiveRun;
import dev.procession.plugin.sort.layout.CategoryTable;
import dev.procession.plugin.sort.name.RawName;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Adds up what is in the output: by category, the largest, those of equal content. The engine tells it of every file; it
 * needs room for so many files at most as are named below, however many there are. For one thread.
 */
final class SummaryReport {
    private static final int LARGEST = 20;

    /** Of so many files the contents are compared with each other; those after them are only counted. */
    private static final int COMPARED = 100_000;

    private final CategoryTable categories;
    private final boolean byFolder;
    private final Map<String, Total> byCategory = new TreeMap<>();
    private final PriorityQueue<Sized> largest = new PriorityQueue<>(Comparator.comparingLong(Sized::bytes));
    private final Map<Sum, String> seen = new HashMap<>();
    private final PriorityQueue<Twin> twins = new PriorityQueue<>(Comparator.comparingLong(Twin::bytes));
    private long twinFiles;
    private long twinBytes;
    private long notCompared;

    /** @param byFolder whether the first folder is the category, as it is where the content told it */
    SummaryReport(CategoryTable categories, boolean byFolder) {
        this.categories = categories;
        this.byFolder = byFolder;
    }

    private static final class Total {
        private long files;
        private long bytes;
    }

    private record Sized(String target, long bytes) {}

    private record Sum(long bytes, long crc) {}

    private record Twin(String target, String sameAs, long bytes) {}

    /**
     * A file is in the output.
     *
     * @param target its raw path, relative to the output
     * @param bytes how large it is
     * @param sum the CRC-32C of its content; negative when nobody has read it
     */
    void placed(String target, long bytes, long sum) {
        String name = target.substring(target.lastIndexOf('/') + 1);
        String known = byFolder ? target.substring(0, target.indexOf('/')) : categories.of(name);
        Total total = byCategory.computeIfAbsent(known, category -> new Total());
        total.files++;
        total.bytes += bytes;
        Sized smallest = largest.size() < LARGEST ? null : largest.peek();
        if (smallest == null || bytes > smallest.bytes()) {
            if (smallest != null) {
                largest.remove();
            }
            largest.add(new Sized(target, bytes));
        }
        if (bytes == 0) {
            return;
        }
        if (sum < 0 || seen.size() >= COMPARED) {
            notCompared++;
            return;
        }
        String first = seen.putIfAbsent(new Sum(bytes, sum), target);
        if (first != null) {
            twinFiles++;
            twinBytes += bytes;
            twins.add(new Twin(target, first, bytes));
            if (twins.size() > LARGEST) {
                twins.remove();
            }
        }
    }

    /** Writes {@code sort-files.txt} and {@code sort-files.json}, each in one step. */
    void write(Path directory, SortResult result, ArchiveRun.Result archives) throws IOException {
        Files.createDirectories(directory);
        publish(directory, "sort-files.txt", text(result, archives));
        publish(directory, "sort-files.json", json(result, archives));
    }

    private static void publish(Path directory, String name, String content) throws IOException {
        Path draft = Files.createTempFile(directory, name, ".new");
        try {
            Files.writeString(draft, content);
            Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private List<Sized> byLargest() {
        List<Sized> sorted = new ArrayList<>(largest);
        sorted.sort(Comparator.comparingLong(Sized::bytes).reversed().thenComparing(Sized::target));
        return sorted;
    }

    private List<Twin> byLargestTwin() {
        List<Twin> sorted = new ArrayList<>(twins);
        sorted.sort(Comparator.comparingLong(Twin::bytes).reversed().thenComparing(Twin::target));
        return sorted;
    }

    String text(SortResult result, ArchiveRun.Result archives) {
        StringBuilder text = new StringBuilder(result.summary()).append("\n\nby category\n");
        byCategory.forEach((category, total) -> text.append("  ")
                .append(RawName.shown(category))
                .append(": ")
                .append(Amount.of(total.files, "file"))
                .append(", ")
                .append(Amount.bytes(total.bytes))
                .append('\n'));
        text.append("\nlargest\n");
        byLargest()
                .forEach(file -> text.append("  ")
                        .append(Amount.bytes(file.bytes()))
                        .append("  ")
                        .append(RawName.shown(file.target()))
                        .append('\n'));
        text.append("\nof equal size and checksum: ")
                .append(Amount.of(twinFiles, "file"))
                .append(", ")
                .append(Amount.bytes(twinBytes))
                .append(notCompared == 0 ? "" : "; not compared: " + Amount.of(notCompared, "file"))
                .append('\n');
        byLargestTwin()
                .forEach(twin -> text.append("  ")
                        .append(Amount.bytes(twin.bytes()))
                        .append("  ")
                        .append(RawName.shown(twin.target()))
                        .append(" = ")
                        .append(RawName.shown(twin.sameAs()))
                        .append('\n'));
        if (archives.unpacked() + archives.unchanged() > 0) {
            text.append("\narchives: ")
                    .append(Amount.number(archives.unpacked()))
                    .append(" unpacked (")
                    .append(Amount.of(archives.files(), "file"))
                    .append(", ")
                    .append(Amount.bytes(archives.bytes()))
                    .append("), ")
                    .append(Amount.number(archives.unchanged()))
                    .append(" unchanged\n");
        }
        text.append("\nfailures: ")
                .append(Amount.number(result.failures().size()))
                .append('\n');
        result.failures().forEach(failure -> text.append("  ").append(failure).append('\n'));
        return text.toString();
    }

    String json(SortResult result, ArchiveRun.Result archives) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent("  ");
            json.beginObject();
            json.name("output").value(RawName.shown(result.output()));
            json.name("files").value(result.files());
            json.name("bytes").value(result.bytes());
            json.name("folders").value(result.folders());
            json.name("copied").value(result.copied());
            json.name("renamed").value(result.renamed());
            json.name("unchanged").value(result.unchanged());
            json.name("workers").value(result.workers());
            json.name("seconds").value(Math.round(result.nanos() / 1e6) / 1e3);
            json.name("categories").beginObject();
            for (Map.Entry<String, Total> entry : byCategory.entrySet()) {
                json.name(RawName.shown(entry.getKey())).beginObject();
                json.name("files").value(entry.getValue().files);
                json.name("bytes").value(entry.getValue().bytes);
                json.endObject();
            }
            json.endObject();
            json.name("largest").beginArray();
            for (Sized file : byLargest()) {
                json.beginObject();
                json.name("file").value(RawName.shown(file.target()));
                json.name("bytes").value(file.bytes());
                json.endObject();
            }
            json.endArray();
            duplicates(json);
            json.name("archives").beginObject();
            json.name("unpacked").value(archives.unpacked());
            json.name("unchanged").value(archives.unchanged());
            json.name("files").value(archives.files());
            json.name("bytes").value(archives.bytes());
            json.endObject();
            json.name("failures").beginArray();
            for (String failure : result.failures()) {
                json.value(failure);
            }
            json.endArray();
            json.endObject();
        }
        return text.append('\n').toString();
    }

    private void duplicates(JsonWriter json) throws IOException {
        json.name("duplicates").beginObject();
        json.name("files").value(twinFiles);
        json.name("bytes").value(twinBytes);
        json.name("notCompared").value(notCompared);
        json.name("largest").beginArray();
        for (Twin twin : byLargestTwin()) {
            json.beginObject();
            json.name("file").value(RawName.shown(twin.target()));
            json.name("sameAs").value(RawName.shown(twin.sameAs()));
            json.name("bytes").value(twin.bytes());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
}

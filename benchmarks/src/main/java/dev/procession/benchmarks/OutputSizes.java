package dev.procession.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Fresh directories for contenders, and how large the scripts are that each wrote to its last one. */
final class OutputSizes {
    private static final List<String> OWN = List.of("procession");

    private final Outputs outputs;
    private final Map<String, Path> last = new HashMap<>();

    OutputSizes(Outputs outputs) {
        this.outputs = outputs;
    }

    /** A directory that does not exist yet, for one contender. */
    Path next(String contender) {
        Path directory = outputs.next();
        last.put(contender, directory);
        return directory;
    }

    /**
     * Tells of those that took part.
     *
     * @param contenders in the order in which they are told of
     */
    void tell(Report report, Collection<String> contenders) throws IOException {
        report.table("", "What was written, without maps.", "| by | bytes | bytes with gzip |\n|---|---:|---:|");
        for (String contender : contenders) {
            Path directory = last.get(contender);
            if (directory == null) {
                continue;
            }
            long raw = 0;
            long gzip = 0;
            for (Path script : scripts(directory)) {
                byte[] content = Files.readAllBytes(script);
                raw += content.length;
                gzip += gzipped(content);
            }
            if (raw == 0) {
                throw new IOException(contender + " wrote no script to " + directory);
            }
            report.rows(String.format(Locale.ROOT, "| %s | %,d | %,d |%n", contender, raw, gzip));
        }
    }

    private static List<Path> scripts(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            // What tools keep for themselves is no output.
            return files.filter(file -> file.toString().endsWith(".js"))
                    .filter(file -> OWN.stream().noneMatch(directory.relativize(file)::startsWith))
                    .toList();
        }
    }

    private static long gzipped(byte[] content) throws IOException {
        Counter counter = new Counter();
        try (GZIPOutputStream gzip = new GZIPOutputStream(counter)) {
            gzip.write(content);
        }
        return counter.count;
    }

    /** Counts what is written. */
    private static final class Counter extends OutputStream {
        private long count;

        @Override
        public void write(int one) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            count += length;
        }
    }
}

package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the journal: fields separated by blanks, names percent-encoded byte by byte, so plain ASCII; at the end
 * of each line its own checksum.
 *
 * <pre>{@code
 * procession sort-files 1
 * plan run-18a3f00c-5d 17 ../photos/a.jpg jpg/a.jpg 5d2c9a01
 * file old 120 1763811600123456789 (dev=801,ino=12) 120 1763811600123456789 (dev=801,ino=99) 9b741f00 ../photos/a.jpg jpg/a.jpg 1c291ca3
 * }</pre>
 */
final class JournalLines {
    static final String HEAD = "procession sort-files ";
    static final String VERSION = "1";

    private static final String PLAN = "plan";
    private static final String FILE = "file";

    private JournalLines() {}

    static String of(Intent intent) {
        return checked(PLAN + " " + intent.run() + " " + intent.number() + " " + RawName.encoded(intent.key()) + " "
                + RawName.encoded(intent.target()));
    }

    static String of(JournalEntry entry) {
        return checked(FILE + (entry.settled() ? " old " : " new ") + text(entry.source()) + " " + text(entry.placed())
                + " " + Long.toHexString(entry.sum()) + " " + RawName.encoded(entry.key()) + " "
                + RawName.encoded(entry.target()));
    }

    /** An {@link Intent} or a {@link JournalEntry}; null when the line is damaged. */
    static @Nullable Record parse(String line) {
        int end = line.lastIndexOf(' ');
        if (end < 0 || !line.substring(end + 1).equals(checksum(line.substring(0, end)))) {
            return null;
        }
        String[] fields = line.substring(0, end).split(" ", -1);
        // The checksum is right, so the line is as it was written: only another version could have other fields.
        return switch (fields[0]) {
            case PLAN ->
                new Intent(
                        fields[1], Integer.parseInt(fields[2]), RawName.decoded(fields[3]), RawName.decoded(fields[4]));
            case FILE ->
                new JournalEntry(
                        RawName.decoded(fields[9]),
                        stat(fields, 2),
                        RawName.decoded(fields[10]),
                        stat(fields, 5),
                        Long.parseLong(fields[8], 16),
                        fields[1].equals("old"));
            default -> null;
        };
    }

    private static String text(FileStat stat) {
        return stat.size() + " " + stat.modifiedNanos() + " " + stat.key();
    }

    private static FileStat stat(String[] fields, int at) {
        return new FileStat(Long.parseLong(fields[at]), Long.parseLong(fields[at + 1]), fields[at + 2]);
    }

    private static String checked(String line) {
        return line + " " + checksum(line) + "\n";
    }

    private static String checksum(String line) {
        CRC32 crc = new CRC32();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}

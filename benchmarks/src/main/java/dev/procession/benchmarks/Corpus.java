package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A tree of files, the same on every machine.
 *
 * @param name what a reader calls it
 * @param files how many
 * @param bytes of each
 * @param folders over which they are spread evenly
 */
record Corpus(String name, int files, int bytes, int folders) {
    static final List<String> EXTENSIONS = List.of("txt", "jpg", "pdf", "html", "mp3", "java", "zip", "png");
    private static final int PAGE = 4096;
    private static final int NAME = 1024;
    private static final long SEED = 20261125;

    /** What a copy of it takes: whole pages, and something for each name. */
    long footprint() {
        return files * ((long) (bytes + PAGE - 1) / PAGE * PAGE + NAME);
    }

    /** Makes it in a directory that does not exist yet. */
    void make(Path directory) throws IOException {
        Random random = new Random(SEED);
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        for (int folder = 0; folder < folders; folder++) {
            Files.createDirectories(directory.resolve("folder-" + folder));
        }
        for (int i = 0; i < files; i++) {
            // No two files are the same.
            for (int at = 0; at < Math.min(Integer.BYTES, bytes); at++) {
                content[at] = (byte) (i >> (8 * at));
            }
            Files.write(
                    directory
                            .resolve("folder-" + i % folders)
                            .resolve("file-" + i + "." + EXTENSIONS.get(random.nextInt(EXTENSIONS.size()))),
                    content);
        }
    }
}

package dev.procession.plugin.sort;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Makes heaps of files that are the same for the same numbers. */
final class Corpus {
    private static final String[] EXTENSIONS = {
        "txt", "TXT", "jpg", "json", "tar.gz", "csv", "md", "html", "css", "js", "java", "xml", "png", "pdf", "c"
    };

    private Corpus() {}

    /** Files in nested directories, some of them with the name of another one; each content is unlike all others. */
    static void write(Heap heap, int files, int equalNames, int meanSize, long seed) throws Exception {
        Random random = new Random(seed);
        int own = files - equalNames;
        for (int i = 0; i < files; i++) {
            int number = i < own ? i : random.nextInt(own / 2);
            String name = "f" + number + "." + EXTENSIONS[number % EXTENSIONS.length];
            String folder = "d" + i % 17 + "/e" + i % 5 + (i < own ? "" : "/again" + i);
            heap.file(folder + "/" + name, content(folder + "/" + name, random.nextInt(2 * meanSize), random));
        }
    }

    static byte[] content(String head, int size, Random random) {
        byte[] content = new byte[size + head.length() + 1];
        random.nextBytes(content);
        System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, content, 0, head.length());
        content[head.length()] = '\n';
        return content;
    }
}

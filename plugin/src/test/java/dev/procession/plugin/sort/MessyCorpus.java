package dev.procession.plugin.sort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Files as people have them, the same every time: in directories of random depth, of many types and sizes, each content
 * unlike all others; one in a hundred has a strange name, and one in twenty has the name of another one.
 *
 * @param files how many
 * @param equalNames how many of them have the name of an earlier file
 */
record MessyCorpus(int files, int equalNames) {
    private static final List<String> EXTENSIONS = List.of(
            "txt", "jpg", "png", "pdf", "docx", "mp3", "mp4", "zip", "java", "py", "csv", "json", "html", "log",
            "tar.gz");

    private static final List<String> STRANGE = List.of(
            "Звіт за 2023 рік.txt",
            "їжак і ґава.JPG",
            "cafe\u0301 nfd.pdf",
            "caf\u00e9 nfc.pdf",
            "  leading space.txt",
            "trailing space .txt",
            "README",
            "Makefile",
            ".bashrc",
            ".gitignore",
            ".hidden.tar.gz",
            "PHOTO.JPG",
            "Photo.Jpg",
            "archive.TAR.GZ",
            "emoji 😀 🎉.png",
            "a".repeat(200) + ".txt",
            "日本語ファイル.docx",
            "semi;colon & amp'quote\".csv",
            "new\nline.txt",
            "dot.",
            "..double.txt",
            "percent%20.html",
            "-dash.log",
            "CON.txt",
            "tab\there.json",
            "عربى.mp3");

    private static final int DEEPEST = 6;
    private static final int LEAST_BYTES = 1024;
    private static final int MOST_BYTES = 8192;
    private static final int POOL_BYTES = 8 << 20;

    /** Writes so many files into so many directories below one. */
    static MessyCorpus write(Path root, int files, int directories, long seed) throws IOException {
        Random random = new Random(seed);
        List<Path> tree = tree(root, directories, random);
        byte[] pool = new byte[POOL_BYTES];
        random.nextBytes(pool);
        List<String> usual = new ArrayList<>();
        Set<Path> taken = new HashSet<>();
        int strange = 0;
        int equal = 0;
        for (int i = 0; i < files; i++) {
            String name;
            if (i % 100 == 7) {
                String like = STRANGE.get(strange % STRANGE.size());
                name = strange < STRANGE.size() ? like : like.charAt(0) == '.' ? like + strange : "w" + strange + like;
                strange++;
            } else if (i % 20 == 3 && !usual.isEmpty()) {
                name = usual.get(random.nextInt(usual.size()));
                equal++;
            } else {
                name = String.format("file%06d.%s", i, EXTENSIONS.get(random.nextInt(EXTENSIONS.size())));
                usual.add(name);
            }
            Path file;
            do {
                file = Heap.at(tree.get(random.nextInt(tree.size())), Heap.utf8(name));
            } while (!taken.add(file));
            int size = LEAST_BYTES + random.nextInt(MOST_BYTES - LEAST_BYTES);
            int from = random.nextInt(POOL_BYTES - size);
            byte[] content = java.util.Arrays.copyOfRange(pool, from, from + size);
            for (int at = 0; at < Integer.BYTES; at++) {
                content[at] = (byte) (i >> (8 * at));
            }
            Files.write(file, content);
            Heap.age(file, 3600);
        }
        return new MessyCorpus(files, equal);
    }

    private static List<Path> tree(Path root, int directories, Random random) throws IOException {
        List<Path> tree = new ArrayList<>(List.of(Files.createDirectories(root)));
        List<Integer> depths = new ArrayList<>(List.of(0));
        while (tree.size() <= directories) {
            int parent = random.nextInt(tree.size());
            if (depths.get(parent) < DEEPEST) {
                tree.add(Files.createDirectory(tree.get(parent).resolve(String.format("d%04d", tree.size()))));
                depths.add(depths.get(parent) + 1);
            }
        }
        return tree;
    }
}

package dev.procession.plugin.lecture.example;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A folder of small scripts with numbers, and the one that is made of them. */
final class Scripts implements Serializable {
    static final String NOTHING = "no file";
    private static final long serialVersionUID = 1L;

    final int count;
    private final String folder;

    Scripts(Path folder, int count) throws IOException {
        this.folder = Files.createDirectory(folder).toString();
        this.count = count;
        for (int number = 0; number < count; number++) {
            Files.writeString(file(number), script(number));
        }
    }

    Path file(int number) {
        return Path.of(folder, number + ".js");
    }

    private static String script(int number) {
        return "console.log(" + number + ");\n";
    }

    /** What must come out: every script, whole, once, in the order of the numbers. */
    String expected() {
        return IntStream.range(0, count).mapToObj(Scripts::script).collect(Collectors.joining());
    }

    /** What has come out. */
    String result() throws IOException {
        return Files.exists(output()) ? Files.readString(output()) : NOTHING;
    }

    Path output() {
        return Path.of(folder, "all.js");
    }

    /** The result appears under its name when it is whole, and not before. */
    void publish(String text) throws IOException {
        Path draft = Files.writeString(Path.of(folder, "all.js.part"), text);
        Files.move(draft, output(), StandardCopyOption.ATOMIC_MOVE);
    }
}

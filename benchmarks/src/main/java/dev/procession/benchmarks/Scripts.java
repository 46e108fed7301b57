package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Scripts that a bundle is made of, the same on every machine; of about one KiB each. */
final class Scripts {
    private static final int IN_FOLDER = 100;
    private static final int LINES = 20;

    private Scripts() {}

    /** Scripts that stand for themselves: to be joined. */
    static void makePlain(Path directory, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            write(directory, i, "(function () {\n" + body(i) + "  window.value" + i + " = step" + i + ";\n})();\n");
        }
    }

    /** Modules that import each other as a tree does, and an {@code index.js} that begins with the first of them. */
    static void makeModules(Path directory, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder(1400);
            StringBuilder calls = new StringBuilder("value");
            for (int child = 2 * i + 1; child <= 2 * i + 2 && child < count; child++) {
                text.append("import { step")
                        .append(child)
                        .append(" } from '../")
                        .append(name(child))
                        .append("';\n");
                calls.append(" + step").append(child).append("(value)");
            }
            text.append(body(i)).append("export { step").append(i).append(" };\n");
            write(directory, i, text.toString().replace("return value;", "return " + calls + ";"));
        }
        Files.writeString(
                directory.resolve("index.js"), "import { step0 } from './" + name(0) + "';\nwindow.start = step0;\n");
    }

    private static String body(int i) {
        StringBuilder text = new StringBuilder(1400);
        text.append("  /* What number ")
                .append(i)
                .append(" does. */\n  function step")
                .append(i)
                .append("(start) {\n");
        text.append("    let value = start;\n");
        for (int line = 0; line < LINES; line++) {
            text.append("    value = value * ")
                    .append(i + line)
                    .append(" + ")
                    .append(line)
                    .append("; // line ")
                    .append(line)
                    .append('\n');
        }
        return text.append("    return value;\n  }\n").toString();
    }

    private static String name(int i) {
        return String.format(Locale.ROOT, "folder-%03d/file-%05d.js", i / IN_FOLDER, i);
    }

    private static void write(Path directory, int i, String text) throws IOException {
        Path file = directory.resolve(name(i));
        if (i % IN_FOLDER == 0) {
            Files.createDirectories(directory.resolve(name(i)).resolveSibling(""));
        }
        Files.writeString(file, text);
    }
}

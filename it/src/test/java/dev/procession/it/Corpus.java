package dev.procession.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Generated scripts, the same in every run. */
final class Corpus {
    private Corpus() {}

    /**
     * Writes {@code count} scripts in folders of a hundred, each a little larger than {@code bytes}; every third ends
     * without a newline.
     */
    static void write(Path directory, int count, int bytes) throws IOException {
        for (int i = 0; i < count; i++) {
            Path folder = directory.resolve(String.format(Locale.ROOT, "part%02d", i / 100));
            Files.createDirectories(folder);
            StringBuilder text = new StringBuilder(bytes + 200);
            text.append("(function () {\n  'use strict';\n");
            for (int line = 0; text.length() < bytes; line++) {
                text.append("  window['value ")
                        .append(i)
                        .append('.')
                        .append(line)
                        .append("'] = 'Значення ");
                text.append(Integer.toHexString((i * 31 + line) * 0x9E3779B1)).append("';\n");
            }
            text.append(i % 3 == 0 ? "}())" : "}());\n");
            Files.writeString(
                    folder.resolve(String.format(Locale.ROOT, "script%04d.js", i)), text, StandardCharsets.UTF_8);
        }
    }
}

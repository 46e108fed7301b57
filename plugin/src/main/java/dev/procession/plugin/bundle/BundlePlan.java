package dev.procession.plugin.bundle;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that passed every check, with its inputs in order.
 *
 * @param label its name in messages
 * @param output the file to write
 * @param map where its source map goes, or null for none
 * @param charset what its inputs are written in
 * @param banner the lines to begin with, each ended by LF; empty for none
 * @param inputs the files, in the order of the bundle
 */
record BundlePlan(String label, Path output, @Nullable Path map, Charset charset, String banner, List<Input> inputs) {

    long bytes() {
        return inputs.stream().mapToLong(Input::size).sum();
    }

    /** All but the inputs that decides what is written. */
    String fingerprint(String engineVersion) {
        Path name = output.getFileName();
        String text = String.join(
                "\0", engineVersion, String.valueOf(name), map == null ? "" : "map", charset.name(), banner);
        return Sha256.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}

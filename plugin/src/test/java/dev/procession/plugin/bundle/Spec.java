package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.request.BundleSpec;
import dev.procession.plugin.bundle.request.ConcatSpec;
import dev.procession.plugin.output.OutputSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bundle of joined files, typed element by element. */
final class Spec {
    private final String output;
    private final List<String> includes;
    private @Nullable String name;
    private @Nullable String banner;
    private boolean sourceMap = true;
    private boolean minify;
    private @Nullable String minifiedOutput;
    private boolean rebaseUrls = true;
    private List<String> compress = List.of();
    private List<String> endings = List.of();
    private @Nullable Boolean sizeReport;
    private @Nullable Boolean integrity;
    private @Nullable String licenseFile;
    private @Nullable String raw;
    private @Nullable String gzip;
    private @Nullable String brotli;

    private Spec(String output, List<String> includes) {
        this.output = output;
        this.includes = includes;
    }

    static Spec of(String output, String... includes) {
        return new Spec(output, List.of(includes));
    }

    Spec name(String typed) {
        name = typed;
        return this;
    }

    Spec banner(String typed) {
        banner = typed;
        return this;
    }

    Spec withoutMap() {
        sourceMap = false;
        return this;
    }

    Spec minify() {
        minify = true;
        return this;
    }

    Spec minifiedOutput(String typed) {
        minifiedOutput = typed;
        return this;
    }

    Spec keepingUrls() {
        rebaseUrls = false;
        return this;
    }

    Spec compress(String... formats) {
        compress = List.of(formats);
        return this;
    }

    Spec endings(String... typed) {
        endings = List.of(typed);
        return this;
    }

    Spec sizeReport() {
        sizeReport = true;
        return this;
    }

    Spec integrity(boolean typed) {
        integrity = typed;
        return this;
    }

    Spec licenseFile(String typed) {
        licenseFile = typed;
        return this;
    }

    Spec budgets(@Nullable String rawTyped, @Nullable String gzipTyped, @Nullable String brotliTyped) {
        raw = rawTyped;
        gzip = gzipTyped;
        brotli = brotliTyped;
        return this;
    }

    BundleSpec typed() {
        return new BundleSpec(
                name,
                includes,
                List.of(),
                output,
                null,
                null,
                banner,
                sourceMap,
                false,
                new ConcatSpec(minify, minifiedOutput, rebaseUrls),
                new OutputSpec(compress, endings, sizeReport, integrity, licenseFile, raw, gzip, brotli));
    }
}

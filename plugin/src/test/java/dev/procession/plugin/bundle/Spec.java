package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.request.BundleSpec;
import dev.procession.plugin.bundle.request.ConcatSpec;
import dev.procession.plugin.output.OutputSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bundle of joined files, typed element by element. */
final class Spec {
    private final @Nullable String output;
    private final List<String> includes;
    private @Nullable String name;
    private List<String> excludes = List.of();
    private @Nullable String directory;
    private @Nullable String encoding;
    private @Nullable String banner;
    private boolean sourceMap = true;
    private boolean allowEmpty;
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

    private Spec(@Nullable String output, List<String> includes) {
        this.output = output;
        this.includes = includes;
    }

    static Spec of(@Nullable String output, String... includes) {
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

    Spec excluding(List<String> typed) {
        excludes = typed;
        return this;
    }

    Spec in(String typed) {
        directory = typed;
        return this;
    }

    Spec encoded(String typed) {
        encoding = typed;
        return this;
    }

    Spec allowingEmpty() {
        allowEmpty = true;
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
                excludes,
                output,
                directory,
                encoding,
                banner,
                sourceMap,
                allowEmpty,
                new ConcatSpec(minify, minifiedOutput, rebaseUrls),
                new OutputSpec(compress, endings, sizeReport, integrity, licenseFile, raw, gzip, brotli));
    }
}

package dev.procession.plugin.output;

import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the user wants around a bundle, checked. */
public final class OutputSettings {
    /**
     * What is text in a web application; images and fonts are compressed by their own formats. Source maps are left out:
     * they are as long as all the rest together, and only developers load them.
     */
    private static final List<String> USUAL_ENDINGS = List.of(
            ".js", ".mjs", ".cjs", ".css", ".svg", ".json", ".wasm", ".html", ".xml", ".txt", ".ico", ".ttf", ".otf",
            ".eot");

    private final Set<Format> formats;
    private final List<String> endings;
    private final boolean sizeReport;
    private final @Nullable Boolean integrity;
    private final @Nullable Path licenses;
    private final List<Budget> budgets;

    private OutputSettings(
            Set<Format> formats,
            List<String> endings,
            boolean sizeReport,
            @Nullable Boolean integrity,
            @Nullable Path licenses,
            List<Budget> budgets) {
        this.formats = formats;
        this.endings = endings;
        this.sizeReport = sizeReport;
        this.integrity = integrity;
        this.licenses = licenses;
        this.budgets = List.copyOf(budgets);
    }

    /**
     * Checks what was typed.
     *
     * @param spec what was typed
     * @param bundle the bundle's name in messages
     * @param reportByDefault whether a size report is written when nothing is said of it
     * @param outputDirectory where a licence file's name begins
     * @param problems hears everything that is wrong
     * @return what it means
     */
    public static OutputSettings of(
            OutputSpec spec, String bundle, boolean reportByDefault, Path outputDirectory, ProblemSink problems) {
        Set<Format> formats = EnumSet.noneOf(Format.class);
        for (String typed : spec.compress()) {
            Format.of(typed)
                    .ifPresentOrElse(
                            formats::add,
                            () -> problems.add(
                                    "compress",
                                    typed,
                                    bundle,
                                    "is no format that is known here; write gzip, brotli or both"));
        }
        List<String> endings = new ArrayList<>();
        for (String typed : spec.compressEndings()) {
            String ending = typed.trim().toLowerCase(Locale.ROOT);
            if (ending.isEmpty() || ending.indexOf('/') >= 0 || ending.indexOf('*') >= 0) {
                problems.add(
                        "compressEndings", typed, bundle, "is no ending of a file's name; write such as js or svg");
            } else {
                endings.add(ending.startsWith(".") ? ending : "." + ending);
            }
        }
        List<Budget> budgets = new ArrayList<>();
        budget(Budget.Measure.RAW, spec.rawBudget(), bundle, problems, budgets);
        budget(Budget.Measure.GZIP, spec.gzipBudget(), bundle, problems, budgets);
        budget(Budget.Measure.BROTLI, spec.brotliBudget(), bundle, problems, budgets);
        return new OutputSettings(
                formats,
                endings.isEmpty() ? USUAL_ENDINGS : endings,
                spec.sizeReport() == null ? reportByDefault : spec.sizeReport(),
                spec.integrity(),
                licenses(spec.licenseFile(), bundle, outputDirectory, problems),
                budgets);
    }

    private static void budget(
            Budget.Measure measure, @Nullable String typed, String bundle, ProblemSink problems, List<Budget> budgets) {
        if (typed != null) {
            Budget.of(measure, typed)
                    .ifPresentOrElse(
                            budgets::add,
                            () -> problems.add(
                                    measure.element(),
                                    typed,
                                    bundle,
                                    "in <budgets> is no number of bytes; write such as 100kB, 1.5MB or 64KiB"));
        }
    }

    private static @Nullable Path licenses(
            @Nullable String typed, String bundle, Path outputDirectory, ProblemSink problems) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        if (typed.trim().endsWith("/") || typed.trim().endsWith("\\")) {
            problems.add("licenseFile", typed, bundle, "names a directory; add the file's name, such as licenses.txt");
            return null;
        }
        try {
            Path file = FileName.resolve(outputDirectory, typed.trim());
            if (file.startsWith(outputDirectory) && !file.equals(outputDirectory)) {
                return file;
            }
            problems.add("licenseFile", typed, bundle, "leads out of <outputDirectory>; write a name below it");
        } catch (InvalidPathException e) {
            problems.add("licenseFile", typed, bundle, "is no file name: " + Shown.text(e.getReason()));
        }
        return null;
    }

    /**
     * Where the licences of third parties are written.
     *
     * @return null for nowhere
     */
    public @Nullable Path licenses() {
        return licenses;
    }

    /**
     * The files that may be made beside an output by compressing it.
     *
     * @param output a file of the bundle
     * @return where they would be, in a stable order; none if its ending is not among those that are compressed
     */
    public List<Path> compressed(Path output) {
        List<Path> files = new ArrayList<>();
        for (Format format : formats) {
            if (isCompressed(output)) {
                files.add(beside(output, format));
            }
        }
        return files;
    }

    /**
     * All that decides what is made.
     *
     * @return equal texts for equal settings
     */
    public String fingerprint() {
        StringBuilder text = new StringBuilder();
        text.append(formats).append(endings).append(sizeReport).append(integrity);
        text.append(licenses == null ? "" : FileName.portable(licenses));
        // A budget that was raised need not rebuild, but one that was lowered may fail: so it decides too.
        return text.append(budgets).toString();
    }

    boolean isCompressed(Path output) {
        String name = FileName.unicode(output).toLowerCase(Locale.ROOT);
        for (String ending : endings) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    static Path beside(Path output, Format format) {
        Path directory = output.getParent();
        return directory == null
                ? output
                : FileName.resolve(directory, FileName.of(directory, output) + format.ending());
    }

    Set<Format> formats() {
        return formats;
    }

    boolean sizeReport() {
        return sizeReport;
    }

    /**
     * Whether hashes for subresource integrity are made. A SHA-384 in a JVM that has just started takes a third of the time
     * that the engine takes for the bundle, so nobody pays for it who has no use for it.
     *
     * @param manifest whether there is a manifest
     */
    boolean integrity(boolean manifest) {
        return integrity == null ? manifest : integrity;
    }

    List<Budget> budgets() {
        return budgets;
    }
}

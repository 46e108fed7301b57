package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.ModuleRequest;
import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.plugin.bundle.request.ModuleSpec;
import dev.procession.plugin.output.OutputSpec;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that was asked for, as one line of text: equal texts ask for the same. Written by hand, since the texts that the
 * JDK makes of records cost a JVM that has just started more than all else that a build with nothing to do needs.
 */
final class RequestText {
    private static final char END = '\2';
    private static final String NOTHING = "\3";
    private static final char LINE_BREAK = '\4';

    private final StringBuilder text = new StringBuilder(2000);

    private RequestText() {}

    /**
     * The text of a request for bundles of modules; what says only who is told, and how bundles are joined, is left out.
     *
     * @throws IOException when the engine that was named cannot be looked at
     */
    static String of(BundleRequest request) throws IOException {
        RequestText whole = new RequestText();
        whole.add(request.sourceDirectory());
        whole.add(request.outputDirectory());
        whole.add(request.projectDirectory());
        whole.add(request.buildDirectory());
        whole.add(request.displayDirectory());
        whole.add(request.workers());
        whole.add(request.encoding());
        whole.add(request.upToDate());
        whole.add(request.execution());
        whole.add(request.owner());
        whole.add(request.engineVersion());
        whole.add(request.outputs().manifest());
        ModuleRequest modules = request.modules();
        whole.add(modules.engine().identity());
        whole.add(modules.minify());
        whole.add(modules.warningsAreErrors());
        whole.add(modules.cacheDirectory());
        whole.add(modules.budget().typed());
        for (ModuleSpec spec : modules.specs()) {
            whole.add(spec);
        }
        return whole.text.toString().replace('\n', LINE_BREAK);
    }

    private void add(ModuleSpec spec) {
        text.append(spec.index());
        add(spec.name());
        add(spec.entries());
        add(spec.output());
        add(spec.directory());
        add(spec.allowOutside());
        for (Map.Entry<ModuleSetting, List<String>> setting : spec.settings().entrySet()) {
            add(setting.getKey().name());
            add(setting.getValue());
        }
        OutputSpec outputs = spec.outputs();
        add(outputs.compress());
        add(outputs.compressEndings());
        add(outputs.sizeReport() == null ? null : outputs.sizeReport().toString());
        add(outputs.integrity() == null ? null : outputs.integrity().toString());
        add(outputs.licenseFile());
        add(outputs.rawBudget());
        add(outputs.gzipBudget());
        add(outputs.brotliBudget());
    }

    private void add(@Nullable String value) {
        text.append(value == null ? NOTHING : value).append(END);
    }

    private void add(Path value) {
        add(FileName.unicode(value));
    }

    private void add(boolean value) {
        text.append(value ? '1' : '0').append(END);
    }

    private void add(List<String> values) {
        text.append(values.size()).append(END);
        for (String value : values) {
            add(value);
        }
    }
}

package dev.procession.maven;

import dev.procession.plugin.bundle.BundleSpec;
import dev.procession.plugin.bundle.ConcatSpec;
import dev.procession.plugin.bundle.Includes;
import dev.procession.plugin.bundle.ModuleSetting;
import dev.procession.plugin.bundle.ModuleSpec;
import dev.procession.plugin.output.OutputSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <bundle>} in a pom; Maven fills the fields. With {@code <includes>} it joins files, with {@code <entry>} or
 * {@code <entries>} it bundles modules. The goal's page in {@code docs/} describes each element.
 */
public final class Bundle {
    private static final OutputSpec BARE = new OutputSpec(List.of(), List.of(), false, null, null, null, null, null);

    private @Nullable String name;
    private @Nullable List<@Nullable Include> includes;
    private @Nullable List<@Nullable String> excludes;
    private @Nullable String output;
    private @Nullable String directory;
    private @Nullable String encoding;
    private @Nullable String banner;
    private @Nullable String sourceMap;
    private boolean allowEmpty;
    private @Nullable String minifiedOutput;
    private boolean rebaseUrls = true;

    private @Nullable List<@Nullable String> compress;
    private @Nullable List<@Nullable String> compressEndings;
    private @Nullable Boolean sizeReport;
    private @Nullable Boolean integrity;
    private @Nullable String licenseFile;
    private @Nullable Budgets budgets;

    private @Nullable String entry;
    private @Nullable List<@Nullable String> entries;
    private boolean allowOutside;
    private @Nullable String format;
    private @Nullable String globalName;
    private @Nullable List<@Nullable String> targets;
    private @Nullable String platform;
    private @Nullable String splitting;
    private @Nullable String treeShaking;
    private @Nullable String minify;
    private @Nullable String keepNames;
    private @Nullable String sourcesContent;
    private @Nullable String sourceRoot;
    private @Nullable String legalComments;
    private @Nullable String charset;
    private @Nullable Properties define;
    private @Nullable Properties alias;
    private @Nullable List<@Nullable String> externals;
    private @Nullable String packages;
    private @Nullable List<@Nullable String> inject;
    private @Nullable String footer;
    private @Nullable Properties loaders;
    private @Nullable String publicPath;
    private @Nullable String entryNames;
    private @Nullable String chunkNames;
    private @Nullable String assetNames;
    private @Nullable List<@Nullable String> conditions;
    private @Nullable List<@Nullable String> mainFields;
    private @Nullable List<@Nullable String> resolveExtensions;
    private @Nullable List<@Nullable String> pure;
    private @Nullable List<@Nullable String> drop;
    private @Nullable List<@Nullable String> dropLabels;
    private @Nullable String jsx;
    private @Nullable String jsxFactory;
    private @Nullable String jsxFragment;
    private @Nullable String jsxImportSource;
    private @Nullable String tsconfig;
    private @Nullable Properties logOverride;
    private @Nullable List<@Nullable String> esbuildArgs;

    /** Made by Maven, field by field. */
    public Bundle() {}

    /** Whether modules are bundled. Files that are named win, so that a mistake is told by the kind that was meant. */
    boolean isOfModules() {
        return includes == null
                && (entry != null || entries != null || !settings().isEmpty());
    }

    /**
     * The bundle as the engine takes it.
     *
     * @param goal what holds for all bundles that say nothing themselves
     * @param conditions decides which includes count
     * @param watching whether it is made for a look only, so that nothing is put around it
     */
    BundleSpec toSpec(OutputSpec goal, Includes conditions, boolean watching) {
        return new BundleSpec(
                name,
                counted(conditions),
                typed(excludes),
                output,
                directory,
                encoding,
                banner,
                sourceMap == null || !sourceMap.trim().equals("false"),
                allowEmpty,
                new ConcatSpec(minify != null && minify.trim().equals("true"), minifiedOutput, rebaseUrls),
                watching ? BARE : outputs(goal));
    }

    private List<String> counted(Includes conditions) {
        if (includes == null) {
            return List.of();
        }
        List<String> files = new ArrayList<>();
        for (Include include : includes) {
            // An element without text arrives as null.
            if (include == null) {
                files.add("");
            } else if (conditions.holds(include.condition())) {
                files.add(include.file());
            }
        }
        return files;
    }

    private OutputSpec outputs(OutputSpec goal) {
        return new OutputSpec(
                compress == null ? goal.compress() : typed(compress),
                compressEndings == null ? goal.compressEndings() : typed(compressEndings),
                sizeReport == null ? goal.sizeReport() : sizeReport,
                integrity == null ? goal.integrity() : integrity,
                licenseFile,
                budgets == null ? null : budgets.raw(),
                budgets == null ? null : budgets.gzip(),
                budgets == null ? null : budgets.brotli());
    }

    ModuleSpec toModules(int index, OutputSpec goal, boolean watching) {
        List<String> files = new ArrayList<>();
        if (entry != null) {
            files.add(entry);
        }
        files.addAll(typed(entries));
        Map<ModuleSetting, List<String>> settings = settings();
        put(settings, ModuleSetting.SOURCE_MAP, sourceMap);
        put(settings, ModuleSetting.BANNER, banner);
        return new ModuleSpec(
                index, name, files, output, directory, allowOutside, settings, watching ? BARE : outputs(goal));
    }

    /** What only bundles of modules have. */
    private Map<ModuleSetting, List<String>> settings() {
        Map<ModuleSetting, List<String>> settings = new EnumMap<>(ModuleSetting.class);
        put(settings, ModuleSetting.FORMAT, format);
        put(settings, ModuleSetting.GLOBAL_NAME, globalName);
        put(settings, ModuleSetting.TARGETS, targets);
        put(settings, ModuleSetting.PLATFORM, platform);
        put(settings, ModuleSetting.SPLITTING, splitting);
        put(settings, ModuleSetting.TREE_SHAKING, treeShaking);
        put(settings, ModuleSetting.MINIFY, minify);
        put(settings, ModuleSetting.KEEP_NAMES, keepNames);
        put(settings, ModuleSetting.SOURCES_CONTENT, sourcesContent);
        put(settings, ModuleSetting.SOURCE_ROOT, sourceRoot);
        put(settings, ModuleSetting.LEGAL_COMMENTS, legalComments);
        put(settings, ModuleSetting.CHARSET, charset);
        put(settings, ModuleSetting.DEFINE, define);
        put(settings, ModuleSetting.ALIAS, alias);
        put(settings, ModuleSetting.EXTERNALS, externals);
        put(settings, ModuleSetting.PACKAGES, packages);
        put(settings, ModuleSetting.INJECT, inject);
        put(settings, ModuleSetting.FOOTER, footer);
        put(settings, ModuleSetting.LOADERS, loaders);
        put(settings, ModuleSetting.PUBLIC_PATH, publicPath);
        put(settings, ModuleSetting.ENTRY_NAMES, entryNames);
        put(settings, ModuleSetting.CHUNK_NAMES, chunkNames);
        put(settings, ModuleSetting.ASSET_NAMES, assetNames);
        put(settings, ModuleSetting.CONDITIONS, conditions);
        put(settings, ModuleSetting.MAIN_FIELDS, mainFields);
        put(settings, ModuleSetting.RESOLVE_EXTENSIONS, resolveExtensions);
        put(settings, ModuleSetting.PURE, pure);
        put(settings, ModuleSetting.DROP, drop);
        put(settings, ModuleSetting.DROP_LABELS, dropLabels);
        put(settings, ModuleSetting.JSX, jsx);
        put(settings, ModuleSetting.JSX_FACTORY, jsxFactory);
        put(settings, ModuleSetting.JSX_FRAGMENT, jsxFragment);
        put(settings, ModuleSetting.JSX_IMPORT_SOURCE, jsxImportSource);
        put(settings, ModuleSetting.TSCONFIG, tsconfig);
        put(settings, ModuleSetting.LOG_OVERRIDE, logOverride);
        put(settings, ModuleSetting.ESBUILD_ARGS, esbuildArgs);
        return settings;
    }

    private static void put(Map<ModuleSetting, List<String>> settings, ModuleSetting setting, @Nullable String value) {
        if (value != null) {
            settings.put(setting, List.of(value));
        }
    }

    private static void put(
            Map<ModuleSetting, List<String>> settings, ModuleSetting setting, @Nullable List<@Nullable String> values) {
        if (values != null && !values.isEmpty()) {
            settings.put(setting, typed(values));
        }
    }

    /** In the order of the names: Maven's order is that of a hash table. */
    private static void put(
            Map<ModuleSetting, List<String>> settings, ModuleSetting setting, @Nullable Properties values) {
        if (values != null && !values.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            for (String key : new TreeSet<>(values.stringPropertyNames())) {
                pairs.add(key + "=" + values.getProperty(key));
            }
            settings.put(setting, pairs);
        }
    }

    /** An element without text arrives as null. */
    private static List<String> typed(@Nullable List<@Nullable String> elements) {
        if (elements == null) {
            return List.of();
        }
        List<String> typed = new ArrayList<>();
        for (String element : elements) {
            typed.add(Objects.requireNonNullElse(element, ""));
        }
        return typed;
    }
}

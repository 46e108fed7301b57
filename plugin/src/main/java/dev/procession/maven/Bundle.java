package dev.procession.maven;

import dev.procession.plugin.bundle.request.BundleSpec;
import dev.procession.plugin.bundle.request.ConcatSpec;
import dev.procession.plugin.bundle.request.Includes;
import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.plugin.bundle.request.ModuleSpec;
import dev.procession.plugin.output.OutputSpec;
import dev.procession.plugin.report.Shown;
import java.util.ArrayList;
import java.util.Arrays;
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
    private @Nullable String allowEmpty;
    private @Nullable String minifiedOutput;
    private @Nullable String rebaseUrls;

    private @Nullable List<@Nullable String> compress;
    private @Nullable List<@Nullable String> compressEndings;
    private @Nullable String sizeReport;
    private @Nullable String integrity;
    private @Nullable String licenseFile;
    private @Nullable Budgets budgets;

    private @Nullable String entry;
    private @Nullable List<@Nullable String> entries;
    private @Nullable String allowOutside;
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

    /** What stands where elements should. Transient: no element is called so. */
    private transient @Nullable String text;

    /** Made by Maven, field by field. */
    public Bundle() {}

    /**
     * Called by Maven when the element holds a text instead of elements.
     *
     * @param typed the text
     */
    public void set(String typed) {
        text = typed;
    }

    /** Whether it is one at all; a text is told of, and nothing else. */
    boolean hasElements(TypedMistakes mistakes) {
        if (text != null) {
            mistakes.add(
                    "bundles",
                    null,
                    null,
                    "holds " + Shown.text(text)
                            + " where a <bundle> with its elements must be: <includes> or <entry>, and <output>");
        }
        return text == null;
    }

    /** Whether modules are bundled. Files that are named win, so that a mistake is told by the kind that was meant. */
    boolean isOfModules() {
        return includes == null
                && (entry != null || entries != null || !settings().isEmpty());
    }

    /**
     * The bundle as the engine takes it.
     *
     * @param index its place among all bundles, from 0
     * @param goal what holds for all bundles that say nothing themselves
     * @param conditions decides which includes count
     * @param watching whether it is made for a look only, so that nothing is put around it
     * @param mistakes hears what is wrong
     */
    BundleSpec toSpec(int index, OutputSpec goal, Includes conditions, boolean watching, TypedMistakes mistakes) {
        String label = label(index);
        if (entry != null || entries != null) {
            mistakes.add(
                    "includes",
                    null,
                    label,
                    "join files, and <entry> begins a bundle of modules; remove one of the two, or make two bundles of it");
        }
        for (Map.Entry<ModuleSetting, List<String>> setting : settings().entrySet()) {
            if (setting.getKey() != ModuleSetting.MINIFY) {
                mistakes.add(
                        setting.getKey().element(),
                        setting.getValue().get(0),
                        label,
                        "is for bundles of modules, which have an <entry>, and this one joins <includes>; remove it");
            }
        }
        return new BundleSpec(
                name,
                counted(conditions),
                typed(excludes),
                output,
                directory,
                encoding,
                banner,
                isMapped(label, mistakes),
                mistakes.isTrue("allowEmpty", allowEmpty, false, label),
                new ConcatSpec(
                        mistakes.isTrue("minify", minify, false, label),
                        minifiedOutput,
                        mistakes.isTrue("rebaseUrls", rebaseUrls, true, label)),
                watching ? BARE : outputs(goal, label, mistakes));
    }

    /** The other kind of bundle calls it {@code linked} or {@code none}. */
    private boolean isMapped(String label, TypedMistakes mistakes) {
        String typed = sourceMap == null ? "" : sourceMap.trim();
        return switch (typed) {
            case "linked" -> true;
            case "none" -> false;
            default -> mistakes.isTrue("sourceMap", sourceMap, true, label);
        };
    }

    /** What the engine will call it in messages. */
    String label(int index) {
        for (String typed : Arrays.asList(name, output, includes == null ? entry : null)) {
            if (typed != null && !typed.isBlank()) {
                return typed;
            }
        }
        return "number " + (index + 1);
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

    private OutputSpec outputs(OutputSpec goal, String label, TypedMistakes mistakes) {
        String wrong = budgets == null ? null : budgets.text();
        if (wrong != null) {
            mistakes.add(
                    "budgets",
                    wrong,
                    label,
                    "is no element; write <raw>, <gzip> or <brotli> in it, such as <gzip>100kB</gzip>");
        }
        Boolean report = mistakes.wanted("sizeReport", sizeReport, label);
        Boolean hashes = mistakes.wanted("integrity", integrity, label);
        return new OutputSpec(
                compress == null ? goal.compress() : typed(compress),
                compressEndings == null ? goal.compressEndings() : typed(compressEndings),
                report == null ? goal.sizeReport() : report,
                hashes == null ? goal.integrity() : hashes,
                licenseFile,
                budgets == null ? null : budgets.raw(),
                budgets == null ? null : budgets.gzip(),
                budgets == null ? null : budgets.brotli());
    }

    ModuleSpec toModules(int index, OutputSpec goal, boolean watching, TypedMistakes mistakes) {
        String label = label(index);
        joinedOnly("excludes", excludes == null ? null : String.join(", ", typed(excludes)), label, mistakes);
        joinedOnly("minifiedOutput", minifiedOutput, label, mistakes);
        joinedOnly("rebaseUrls", rebaseUrls, label, mistakes);
        joinedOnly("allowEmpty", allowEmpty, label, mistakes);
        if (encoding != null && !encoding.trim().equalsIgnoreCase("UTF-8")) {
            mistakes.add("encoding", encoding, label, "is not UTF-8, in which all modules are; convert the files");
        }
        List<String> files = new ArrayList<>();
        if (entry != null) {
            files.add(entry);
        }
        files.addAll(typed(entries));
        Map<ModuleSetting, List<String>> settings = settings();
        put(settings, ModuleSetting.SOURCE_MAP, sourceMap);
        put(settings, ModuleSetting.BANNER, banner);
        return new ModuleSpec(
                index,
                name,
                files,
                output,
                directory,
                mistakes.isTrue("allowOutside", allowOutside, false, label),
                settings,
                watching ? BARE : outputs(goal, label, mistakes));
    }

    private static void joinedOnly(String element, @Nullable String typed, String label, TypedMistakes mistakes) {
        if (typed != null) {
            mistakes.add(
                    element,
                    typed,
                    label,
                    "is for bundles that join <includes>, and this one is of modules; remove it");
        }
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
    static List<String> typed(@Nullable List<@Nullable String> elements) {
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

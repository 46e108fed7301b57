package dev.procession.plugin.bundle.module;

import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.plugin.bundle.request.ModuleSpec;
import dev.procession.plugin.bundle.request.OpenProperties;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.work.FileName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what the user typed for one bundle of modules into flags of the engine. */
final class ModuleFlags {
    /** Files that scripts and styles name, and that are served as they are. */
    static final List<String> ASSETS = List.of(
            ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".woff", ".woff2", ".ttf", ".otf",
            ".eot", ".mp3", ".mp4", ".ogg", ".webm", ".wasm", ".pdf");

    /** Code and flags of others may hold anything. */
    private static final Set<ModuleSetting> LITERAL =
            EnumSet.of(ModuleSetting.BANNER, ModuleSetting.FOOTER, ModuleSetting.ESBUILD_ARGS);

    private static final Set<ModuleSetting> NAMES =
            EnumSet.of(ModuleSetting.ENTRY_NAMES, ModuleSetting.CHUNK_NAMES, ModuleSetting.ASSET_NAMES);

    private final ModuleSpec spec;
    private final Path directory;
    private final Path projectDirectory;
    private final Problems problems;
    private final List<String> flags = new ArrayList<>();

    ModuleFlags(ModuleSpec spec, Path directory, Path projectDirectory, Problems problems) {
        this.spec = spec;
        this.directory = directory;
        this.projectDirectory = projectDirectory;
        this.problems = problems;
    }

    List<String> flags(boolean minifyByDefault) {
        flags.add("--bundle");
        defaultOf(ModuleSetting.FORMAT, "--format=esm");
        defaultOf(ModuleSetting.SOURCE_MAP, "--sourcemap=linked");
        defaultOf(ModuleSetting.CHUNK_NAMES, "--chunk-names=chunks/[name]-[hash]");
        defaultOf(ModuleSetting.ASSET_NAMES, "--asset-names=assets/[name]-[hash]");
        if (minifyByDefault) {
            defaultOf(ModuleSetting.MINIFY, "--minify");
        }
        // Before the user's own, so that theirs win.
        for (String ending : ASSETS) {
            flags.add("--loader:" + ending + "=file");
        }
        for (Map.Entry<ModuleSetting, List<String>> setting : spec.settings().entrySet()) {
            add(setting.getKey(), setting.getValue());
        }
        return flags;
    }

    private void defaultOf(ModuleSetting setting, String flag) {
        if (spec.values(setting).isEmpty()) {
            flags.add(flag);
        }
    }

    private void add(ModuleSetting setting, List<String> values) {
        boolean anyWrong = false;
        for (String value : values) {
            if (value.isBlank()
                    || (!setting.choices().isEmpty() && !setting.choices().contains(value.trim()))) {
                wrong(setting, value);
                anyWrong = true;
            } else if (!LITERAL.contains(setting)) {
                anyWrong |= OpenProperties.are(setting.element(), value, spec.label(), problems);
            }
            anyWrong |= isStrangeName(setting, value);
        }
        if (anyWrong) {
            return;
        }
        if (setting == ModuleSetting.SOURCE_MAP
                && List.of("false", "none").contains(values.get(0).trim())) {
            return;
        }
        switch (setting.form()) {
            case ONE -> flags.add(setting.flag() + one(setting, values.get(0)));
            case SWITCH -> {
                if (isTrue(setting, values.get(0))) {
                    flags.add(setting.flag());
                }
            }
            case JOINED ->
                flags.add(setting.flag()
                        + String.join(
                                ",",
                                values.stream()
                                        .map(String::trim)
                                        .map(value ->
                                                setting == ModuleSetting.RESOLVE_EXTENSIONS ? dotted(value) : value)
                                        .toList()));
            case EACH -> {
                for (String value : values) {
                    flags.add(setting.flag() + value.trim());
                }
            }
            case PAIRS -> {
                for (String value : values) {
                    flags.add(setting.flag() + pair(setting, value));
                }
            }
            case FILES -> {
                for (String value : values) {
                    flags.add(setting.flag() + file(setting, value.trim(), directory));
                }
            }
            case PROJECT_FILE ->
                flags.add(setting.flag() + file(setting, values.get(0).trim(), projectDirectory));
        }
    }

    /** The engine takes what it does not know in a name as it stands. */
    private boolean isStrangeName(ModuleSetting setting, String value) {
        if (!NAMES.contains(setting)) {
            return false;
        }
        String rest = value.replaceAll("\\[(dir|name|hash|ext)\\]", "");
        boolean strange = rest.contains("[") || rest.contains("]");
        if (strange) {
            problems.add(
                    setting.element(),
                    value,
                    spec.label(),
                    "has brackets that mean nothing; there are [dir], [name], [hash] and [ext]");
        }
        return strange;
    }

    private static String one(ModuleSetting setting, String value) {
        if (setting == ModuleSetting.BANNER || setting == ModuleSetting.FOOTER) {
            return value.strip();
        }
        String text = value.trim();
        if (setting == ModuleSetting.SOURCE_MAP) {
            // A joined bundle knows yes and no, and so do most poms.
            return text.equals("true") ? "linked" : text;
        }
        return text;
    }

    private boolean isTrue(ModuleSetting setting, String value) {
        String text = value.trim();
        if (!text.equals("true") && !text.equals("false")) {
            wrong(setting, value);
        }
        return text.equals("true");
    }

    /** Endings may be typed without their dot, since an XML element's name cannot begin with one. */
    private String pair(ModuleSetting setting, String value) {
        String text = value.trim();
        if (text.endsWith("=")) {
            problems.add(setting.element(), text, spec.label(), "has no value");
        }
        return setting == ModuleSetting.LOADERS ? dotted(text) : text;
    }

    private static String dotted(String ending) {
        return ending.startsWith(".") ? ending : "." + ending;
    }

    private String file(ModuleSetting setting, String typed, Path base) {
        try {
            Path file = FileName.resolve(base, typed);
            if (Files.isDirectory(file)) {
                problems.add(
                        setting.element(),
                        typed,
                        spec.label(),
                        FileName.shown(file) + " is a directory; name the file in it");
            } else if (!Files.isRegularFile(file)) {
                problems.add(setting.element(), typed, spec.label(), "no such file: " + FileName.shown(file));
            }
            return "./" + FileName.of(projectDirectory, file);
        } catch (InvalidPathException e) {
            problems.add(setting.element(), typed, spec.label(), "is no file name: " + e.getReason());
            return "";
        }
    }

    private void wrong(ModuleSetting setting, String value) {
        List<String> choices =
                setting.form() == ModuleSetting.Form.SWITCH ? List.of("true", "false") : setting.choices();
        problems.add(
                setting.element(),
                value,
                spec.label(),
                choices.isEmpty() ? "is empty" : "must be one of " + String.join(", ", choices));
    }
}

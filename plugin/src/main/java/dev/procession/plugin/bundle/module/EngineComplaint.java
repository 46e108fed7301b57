package dev.procession.plugin.bundle.module;

import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.plugin.engine.EngineMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the engine says of its flags, which nobody here typed: it is told with the bundle and the element whose value
 * became the flag.
 */
final class EngineComplaint {
    private static final Pattern FLAG = Pattern.compile("\"(--[a-z-]+[=:]?)");

    /** How the engine speaks of values that it reads after all flags. */
    private static final Map<String, ModuleSetting> WORDS = words();

    private EngineComplaint() {}

    private static Map<String, ModuleSetting> words() {
        Map<String, ModuleSetting> words = new LinkedHashMap<>();
        words.put("(global name)", ModuleSetting.GLOBAL_NAME);
        words.put("(define name)", ModuleSetting.DEFINE);
        words.put("(pure name)", ModuleSetting.PURE);
        words.put("Invalid define", ModuleSetting.DEFINE);
        words.put("Invalid alias", ModuleSetting.ALIAS);
        words.put("Invalid substitution path", ModuleSetting.ALIAS);
        words.put("External path", ModuleSetting.EXTERNALS);
        words.put("Invalid file extension", ModuleSetting.RESOLVE_EXTENSIONS);
        words.put("Invalid JSX factory", ModuleSetting.JSX_FACTORY);
        words.put("Invalid JSX fragment", ModuleSetting.JSX_FRAGMENT);
        words.put("Invalid loader", ModuleSetting.LOADERS);
        words.put("Splitting currently only works", ModuleSetting.SPLITTING);
        words.put("Two output files share the same path", ModuleSetting.ENTRY_NAMES);
        return words;
    }

    /** Whether a message is of no source. */
    static boolean is(EngineMessage message) {
        EngineMessage.Location location = message.location();
        return location == null || location.file().startsWith("(");
    }

    /** What a message of the engine ends with, where it does not say what to do. */
    static String advice(EngineMessage message) {
        EngineMessage.Location location = message.location();
        if (location != null && location.file().equals("(define name)")) {
            return System.lineSeparator()
                    + "    the name of a definition is a word, or several with dots between, such as process.env.MODE";
        }
        if (message.text().startsWith("Splitting currently only works")) {
            return "; remove <splitting>, or set <format>esm</format>";
        }
        if (message.text().startsWith("Two output files share the same path")) {
            return "; entries whose names differ in their ending only are written to one file: rename one, give it a bundle"
                    + " of its own, or put [hash] into <entryNames>";
        }
        return message.text().startsWith("Invalid define value")
                ? "; a text needs quotes of its own: <NAME>\"some words\"</NAME>"
                : "";
    }

    /** What a message of the engine begins with. */
    static String head(String label, EngineMessage message) {
        EngineMessage.Location location = message.location();
        String text = location == null ? message.text() : location.file();
        for (Map.Entry<String, ModuleSetting> word : WORDS.entrySet()) {
            if (text.startsWith(word.getKey())) {
                return head(label, word.getValue());
            }
        }
        return "bundle " + label + ": ";
    }

    /** What the engine's refusal to begin at all is told with. */
    static String head(String label, String failure) {
        for (Map.Entry<String, ModuleSetting> word : WORDS.entrySet()) {
            if (failure.contains(": " + word.getKey())) {
                return head(label, word.getValue());
            }
        }
        Matcher flag = FLAG.matcher(failure);
        if (!flag.find()) {
            return "bundle " + label + ": ";
        }
        for (ModuleSetting setting : ModuleSetting.values()) {
            if (setting.flag().equals(flag.group(1))) {
                return head(label, setting);
            }
        }
        return head(label, ModuleSetting.ESBUILD_ARGS);
    }

    private static String head(String label, ModuleSetting setting) {
        return "bundle " + label + ": <" + setting.element() + ">: ";
    }
}

package dev.procession.plugin.bundle.module;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an entry of a bundle of modules becomes, by its loader: that decides which endings its output may have. */
enum EntryKind {
    /** JavaScript; what is neither script nor style sheet is wrapped into one. */
    SCRIPT,
    /** A style sheet. */
    STYLE,
    /** The file as it is. */
    COPY;

    private static final Set<String> STYLE_LOADERS = Set.of("css", "local-css", "global-css");

    /** By these, servers and browsers take a file for something else than a script. */
    private static final Set<String> OF_OTHERS =
            Set.of(".css", ".map", ".json", ".html", ".htm", ".xhtml", ".xml", ".txt", ".gz", ".br", ".ts", ".tsx");

    /**
     * What an entry becomes.
     *
     * @param file its name
     * @param loaders as typed: endings, with or without a dot, and what becomes of them
     */
    static EntryKind of(String file, List<String> loaders) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        String loader = name.endsWith(".css") ? "css" : "";
        int longest = 0;
        for (String typed : loaders) {
            int equals = typed.indexOf('=');
            String ending = equals < 0 ? "" : typed.substring(0, equals).trim();
            String dotted = ending.startsWith(".") ? ending : "." + ending;
            if (equals > 0 && name.endsWith(dotted) && dotted.length() > longest) {
                longest = dotted.length();
                loader = typed.substring(equals + 1).trim();
            }
        }
        return STYLE_LOADERS.contains(loader) ? STYLE : loader.equals("copy") ? COPY : SCRIPT;
    }

    /**
     * What is wrong with the ending of an output.
     *
     * @param ending with its dot
     * @param file the entry's name
     * @return null if nothing is
     */
    @Nullable
    String mistake(String ending, String file) {
        String lower = ending.toLowerCase(Locale.ROOT);
        return switch (this) {
            case STYLE ->
                lower.equals(".css")
                        ? null
                        : "must end with .css, since its <entry> is a style sheet; a script's name is for a script that"
                                + " imports it";
            case SCRIPT ->
                OF_OTHERS.contains(lower) || ModuleFlags.ASSETS.contains(lower)
                        ? "must end with .js (or .mjs, .cjs), since its <entry> becomes a script"
                                + (lower.equals(".css")
                                        ? "; the style sheets that it imports are written beside it, as a .css"
                                        : "")
                        : null;
            case COPY -> file.endsWith(ending) ? null : "must have the ending of its <entry>, which is copied as it is";
        };
    }
}

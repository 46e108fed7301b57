package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.EngineMessage;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that the engine has no loader for. Some belong to other tools, and no loader would help; some are imported in
 * a way that only another tool understands.
 *
 * @param ending its ending, such as {@code .scss}
 * @param query what follows its name in the import, such as {@code ?raw}; may be empty
 */
record ForeignFile(String ending, String query) {
    private static final Pattern TEXT =
            Pattern.compile("No loader is configured for \"(.*)\" files: (.*)", Pattern.DOTALL);

    /** Which need a compiler, and what it makes of them. */
    private static final Map<String, String> COMPILED = Map.ofEntries(
            Map.entry(".scss", "CSS"),
            Map.entry(".sass", "CSS"),
            Map.entry(".less", "CSS"),
            Map.entry(".styl", "CSS"),
            Map.entry(".pcss", "CSS"),
            Map.entry(".postcss", "CSS"),
            Map.entry(".vue", "JavaScript"),
            Map.entry(".svelte", "JavaScript"),
            Map.entry(".astro", "JavaScript"),
            Map.entry(".mdx", "JavaScript"),
            Map.entry(".coffee", "JavaScript"));

    /** The suffixes of Vite, and the loader that does the same. */
    private static final Map<String, String> LOADERS = Map.of("?raw", "text", "?url", "file", "?inline", "dataurl");

    /** What a message of that kind speaks of. */
    static ForeignFile of(EngineMessage message) {
        Matcher text = TEXT.matcher(message.text());
        if (!text.matches()) {
            return new ForeignFile("", "");
        }
        int query = text.group(2).lastIndexOf('?');
        return new ForeignFile(text.group(1), query < 0 ? "" : text.group(2).substring(query));
    }

    /** What to do. */
    String advice() {
        String made = COMPILED.get(ending);
        if (made != null) {
            return ending.substring(1)
                    + " files need a compiler, which is a program in JavaScript and no part of esbuild; "
                    + "compile them first, and import the " + made + " that comes out";
        }
        String loader = LOADERS.get(query);
        if (loader != null && ending.length() > 1) {
            String element = ending.substring(1);
            return query + " means something to Vite alone; import the file without it, and say <loaders><" + element
                    + ">" + loader + "</" + element + "></loaders>";
        }
        return "say what becomes of such files in <loaders>, as <png>file</png> does: file, dataurl, text, copy, ...";
    }
}

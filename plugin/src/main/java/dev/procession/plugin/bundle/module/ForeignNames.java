package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.Build;
import dev.procession.plugin.engine.EngineMessage;
import dev.procession.plugin.engine.Metafile;
import dev.procession.plugin.report.Amount;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what another tool would have replaced, as Vite does with {@code import.meta.glob("./*.js")}. The engine leaves it
 * as it is and says nothing, and the browser stops there. Only the project's own files are looked at: packages ask
 * first whether there is such a thing.
 */
final class ForeignNames {
    private static final Pattern SCRIPT = Pattern.compile(".*\\.[cm]?[jt]sx?");
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w$.\"'`])(import\\.meta\\.glob(?=\\s*[(<])|require\\.context(?=\\s*\\()"
                    + "|import\\.meta\\.env\\.[\\w$]+|process\\.env\\.[\\w$]+)");
    private static final Pattern STYLE = Pattern.compile(".*\\.css");
    private static final Pattern RULE = Pattern.compile("(@(?:tailwind|apply|include|extend))(?=\\s+(?!--))");

    /** Signs that a source knows that there may be none, or has one of its own. */
    private static final Pattern OWN_ENV =
            Pattern.compile("import\\.meta\\?\\.env|import\\.meta\\.env(?!\\.|\\[|[\\w$])");

    private static final Pattern OWN_PROCESS =
            Pattern.compile("\\b(?:typeof|import|const|let|var|function|as)\\s+process\\b|[{,]\\s*process\\s*[,}]"
                    + "|\\bprocess\\s*(?:\\?\\.|=[^=])");

    private final Path base;
    private final ModulePlan plan;
    private final Metafile metafile;

    /** Which names came through into the bundle. */
    private final Map<String, Boolean> came = new HashMap<>();

    ForeignNames(Path base, ModulePlan plan, Metafile metafile) {
        this.base = base;
        this.plan = plan;
        this.metafile = metafile;
    }

    /** What came of a bundle, with a warning more for each such name. */
    Build.Result addedTo(Build.Result result) {
        List<String> outputs = new ArrayList<>();
        for (Build.OutputFile file : result.files()) {
            if (SCRIPT.matcher(file.path()).matches()
                    || STYLE.matcher(file.path()).matches()) {
                outputs.add(new String(file.content(), StandardCharsets.ISO_8859_1));
            }
        }
        if (outputs.isEmpty() || plan.build().flags().contains("--platform=node")) {
            return result;
        }
        Map<String, List<EngineMessage.Location>> places = new LinkedHashMap<>();
        for (String input : metafile.inputs().keySet()) {
            boolean style = STYLE.matcher(input).matches();
            if ((style || SCRIPT.matcher(input).matches()) && !("/" + input).contains("/node_modules/")) {
                look(input, style ? RULE : NAME, outputs, places);
            }
        }
        if (places.isEmpty()) {
            return result;
        }
        List<EngineMessage> warnings = new ArrayList<>(result.warnings());
        places.forEach((name, where) -> warnings.add(warning(name, where)));
        return new Build.Result(result.files(), result.metafile(), result.errors(), warnings);
    }

    /** Adds the first place of each name in a source. */
    private void look(
            String input, Pattern names, List<String> outputs, Map<String, List<EngineMessage.Location>> places) {
        String source;
        try {
            source = Files.readString(FileName.resolve(base, input), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            return;
        }
        boolean env = !OWN_ENV.matcher(source).find();
        boolean process = !OWN_PROCESS.matcher(source).find();
        List<String> seen = new ArrayList<>();
        int number = 0;
        for (String line : source.lines().toList()) {
            number++;
            for (Matcher found = names.matcher(line); found.find(); ) {
                String name = found.group(1);
                boolean meant = name.startsWith("import.meta.env") ? env : !name.startsWith("process") || process;
                if (meant
                        && !seen.contains(name)
                        && came.computeIfAbsent(name, any -> outputs.stream().anyMatch(output -> has(output, any)))
                        && !isInComment(line, found.start())) {
                    seen.add(name);
                    places.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(EngineMessage.Location.in(input, number, found.start(), name.length(), line));
                }
            }
        }
    }

    /** As far as one line tells; not by a pattern, since lines of packed scripts are as long as these. */
    private static boolean isInComment(String line, int end) {
        String before = line.substring(0, end);
        int open = before.lastIndexOf("/*");
        if (before.stripLeading().startsWith("*") || (open >= 0 && before.indexOf("*/", open + 2) < 0)) {
            return true;
        }
        for (int at = before.indexOf("//"); at >= 0; at = before.indexOf("//", at + 1)) {
            // Not that of an address.
            if (at == 0 || before.charAt(at - 1) != ':') {
                return true;
            }
        }
        return false;
    }

    /** Whether it came through: what a definition replaces, and code that is left out, does not. */
    private static boolean has(String output, String name) {
        if (name.equals("require.context")) {
            // What was "require" is a function of the engine, of any name.
            return output.contains(".context(");
        }
        Pattern whole = Pattern.compile("(?<![\\w$.])" + Pattern.quote(name) + "(?![\\w$])");
        return whole.matcher(output).find();
    }

    private static EngineMessage warning(String name, List<EngineMessage.Location> where) {
        int more = where.size() - 1;
        String whose = name.startsWith("process")
                ? name + " stays as it is, and browsers have no process"
                : name + " means something to " + owner(name)
                        + " alone; here it stays as it is, and browsers have none";
        String advice = name.contains(".env.")
                ? "say what it stands for: <define><property><name>" + name
                        + "</name><value>\"some text\"</value></property></define>"
                : name.startsWith("@")
                        ? "have that make the style sheet first, and begin with the CSS that comes out"
                        : "import each of the files, in a module that lists them";
        return new EngineMessage(
                "foreign-name",
                whose
                        + (more == 0
                                ? ""
                                : " (and in " + Amount.number(more) + " more " + (more == 1 ? "file" : "files") + ")"),
                where.get(0),
                List.of(new EngineMessage.Note(advice, null)));
    }

    private static String owner(String name) {
        return switch (name) {
            case "@tailwind", "@apply" -> "Tailwind";
            case "@include", "@extend" -> "Sass";
            case "require.context" -> "webpack";
            default -> "Vite";
        };
    }
}

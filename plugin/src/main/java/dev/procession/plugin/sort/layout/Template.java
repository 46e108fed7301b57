package dev.procession.plugin.sort.layout;

import dev.procession.plugin.report.NearestName;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.sort.name.RawName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A template as the user typed it, understood.
 *
 * @param folders the parts that are folders, one or more
 * @param file what stands before {@code .{ext}} in the last part; empty when the template does not name the file
 */
public record Template(List<List<Piece>> folders, List<Piece> file) {
    private static final String NAMES_FILE = ".{ext}";

    /** What stands for something else in each file. */
    enum Placeholder {
        CATEGORY,
        EXT,
        YEAR,
        MONTH,
        DAY,
        NAME,
        PARENT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A text, as a raw name, or a placeholder. */
    record Piece(String text, @Nullable Placeholder placeholder) {}

    public boolean usesDate() {
        return folders.stream().anyMatch(Template::holdsDate) || holdsDate(file);
    }

    private static boolean holdsDate(List<Piece> part) {
        return part.stream()
                .anyMatch(piece -> piece.placeholder() == Placeholder.YEAR
                        || piece.placeholder() == Placeholder.MONTH
                        || piece.placeholder() == Placeholder.DAY);
    }

    /**
     * Understands what the user typed.
     *
     * @param problems gets a line for each thing to be mended; then the template is of no use
     */
    public static Template parse(String typed, List<String> problems) {
        String element = "<template>" + Shown.text(typed) + "</template>: ";
        List<String> found = new ArrayList<>();
        List<List<Piece>> folders = new ArrayList<>();
        List<Piece> file = List.of();
        String text = typed.trim().replace('\\', '/');
        while (text.endsWith("/") && text.length() > 1) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.startsWith("/") || text.matches("[A-Za-z]:.*")) {
            found.add("is absolute; write folders inside <output>, such as {category}/{year}");
        } else {
            boolean namesFile = text.endsWith(NAMES_FILE);
            String folderText = namesFile ? text.substring(0, Math.max(0, text.lastIndexOf('/'))) : text;
            if (namesFile) {
                file = pieces(text.substring(text.lastIndexOf('/') + 1, text.length() - NAMES_FILE.length()), found);
            }
            if (folderText.isEmpty()) {
                found.add("names no folder; write one before the file's name, such as {year}/{name}.{ext}");
            } else {
                for (String part : folderText.split("/", -1)) {
                    folders.add(folder(part, found));
                }
            }
        }
        found.forEach(problem -> problems.add(element + problem));
        return new Template(folders, file);
    }

    private static List<Piece> folder(String part, List<String> found) {
        String bare = part.trim();
        if (bare.isEmpty()) {
            found.add("has a folder without a name; write one '/' between folders");
        } else if (bare.equals("..")) {
            found.add("leaves <output> through '..'; write folders inside it");
        } else if (bare.equals(".")) {
            found.add("has a folder '.'; leave it out");
        }
        return pieces(part, found);
    }

    private static List<Piece> pieces(String part, List<String> found) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < part.length()) {
            int open = part.indexOf('{', at);
            String literal = part.substring(at, open < 0 ? part.length() : open);
            if (literal.indexOf('}') >= 0) {
                found.add("has a '}' without a '{' before it");
            }
            if (literal.chars().anyMatch(Character::isISOControl)) {
                found.add("holds a control character; remove it");
            }
            if (!literal.isEmpty()) {
                pieces.add(new Piece(RawName.ofUnicode(literal), null));
            }
            if (open < 0) {
                break;
            }
            int close = part.indexOf('}', open);
            if (close < 0) {
                found.add("has a '{' without a '}' after it");
                break;
            }
            placeholder(part.substring(open + 1, close), pieces, found);
            at = close + 1;
        }
        return pieces;
    }

    private static void placeholder(String word, List<Piece> pieces, List<String> found) {
        NearestName nearest = new NearestName(word.trim().toLowerCase(Locale.ROOT));
        for (Placeholder placeholder : Placeholder.values()) {
            if (placeholder.word().equals(word)) {
                pieces.add(new Piece("", placeholder));
                return;
            }
            nearest.consider(placeholder.word());
        }
        found.add("there is no {" + word + "}; "
                + nearest.nearest().map(name -> "did you mean {" + name + "}? ").orElse("")
                + "There are "
                + Arrays.stream(Placeholder.values())
                        .map(placeholder -> "{" + placeholder.word() + "}")
                        .collect(Collectors.joining(", ")));
    }
}

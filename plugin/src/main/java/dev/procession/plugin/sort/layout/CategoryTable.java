package dev.procession.plugin.sort.layout;

import dev.procession.plugin.report.Shown;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.name.WindowsNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which category a file belongs to by its name. The table is {@code categories.txt}; users add tables of their own. */
public final class CategoryTable {

    /** What the table does not know. */
    public static final String UNKNOWN = "unknown";

    private static final String RESOURCE = "categories.txt";

    /** Of extensions, and of names with '=' before them, as raw names in lower case, to categories as raw names. */
    private final Map<String, String> categories;

    /** What is asked when this table does not know. */
    private final @Nullable CategoryTable rest;

    private CategoryTable(Map<String, String> categories, @Nullable CategoryTable rest) {
        this.categories = categories;
        this.rest = rest;
    }

    /** Read once in each process. */
    private static final class BuiltIn {
        static final CategoryTable TABLE = load();
    }

    /** The table that comes with the plugin. */
    public static CategoryTable builtIn() {
        return new CategoryTable(new HashMap<>(), BuiltIn.TABLE);
    }

    /** The table that comes with the plugin, and what {@link #additions()} gave, perhaps in another process. */
    public static CategoryTable with(Map<String, String> additions) {
        return new CategoryTable(additions, BuiltIn.TABLE);
    }

    /** What the user has added. */
    public Map<String, String> additions() {
        return Map.copyOf(categories);
    }

    private static CategoryTable load() {
        CategoryTable table = new CategoryTable(new HashMap<>(), null);
        List<String> problems = new ArrayList<>();
        try (InputStream resource = CategoryTable.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in the plugin");
            }
            table.add(
                    new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                            .lines()
                            .toList(),
                    problems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(RESOURCE + ": " + problems);
        }
        return table;
    }

    /**
     * Adds a table of the user's, which wins over what is there.
     *
     * @param file the user's file
     * @param typed as the user named it
     * @param problems gets a line for each thing to be mended
     */
    public void add(Path file, String typed, List<String> problems) {
        List<String> found = new ArrayList<>();
        try {
            add(Files.readAllLines(file, StandardCharsets.UTF_8), found);
        } catch (CharacterCodingException e) {
            found.add(": is not UTF-8; save it as such");
        } catch (NoSuchFileException e) {
            found.add(": " + RawName.shown(file) + " does not exist; name a file with categories");
        } catch (IOException e) {
            found.add(": " + RawName.shown(file) + " cannot be read: " + Reason.of(e));
        }
        found.forEach(problem -> problems.add("<categories>" + Shown.text(typed) + "</categories>" + problem));
    }

    private void add(Iterable<String> lines, List<String> problems) {
        int number = 0;
        for (String line : lines) {
            number++;
            String text = (number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line).trim();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int colon = text.indexOf(':');
            String category = colon < 0 ? "" : text.substring(0, colon).trim();
            String problem = colon < 0
                    ? "has no colon; write a category, a colon, and extensions: comics: cbz cbr"
                    : problemWith(category);
            if (!problem.isEmpty()) {
                problems.add(", line " + number + ": " + problem + ": " + Shown.text(line));
                continue;
            }
            for (String word : text.substring(colon + 1).trim().split("\\s+", -1)) {
                String key = word.startsWith("=") || !word.startsWith(".") ? word : word.substring(1);
                if (key.indexOf('/') >= 0 || key.equals("=") || (key.isEmpty() && !word.isEmpty())) {
                    problems.add(
                            ", line " + number + ": is neither an extension nor = and a name: " + Shown.text(word));
                } else if (!key.isEmpty()) {
                    categories.put(lower(RawName.ofUnicode(key)), RawName.ofUnicode(category));
                }
            }
        }
    }

    /** A category is a folder's name, so it must be one everywhere. */
    private static String problemWith(String category) {
        if (category.isEmpty()) {
            return "has no category before its colon";
        }
        String raw = RawName.ofUnicode(category);
        return category.startsWith(".") || !WindowsNames.RULE.apply(raw).equals(raw)
                ? "the category cannot be a folder's name on every system"
                : "";
    }

    /** The category for a raw name. */
    public String of(String name) {
        return find(name).orElse(UNKNOWN);
    }

    /** The category for a raw name, if the table knows any. */
    public Optional<String> find(String name) {
        Optional<String> whole = ofExtension("=" + name);
        if (whole.isPresent()) {
            return whole;
        }
        // The longest extension that is known: tar.gz before gz, fb2.zip before zip. A leading dot begins none.
        int dot = name.indexOf('.', 1);
        // Names with hundreds of dots are no reason to look hundreds of times.
        for (int tries = 0; dot >= 0 && tries < 2; tries++) {
            int last = name.lastIndexOf('.');
            int begin = tries == 0 ? name.lastIndexOf('.', last - 1) : last;
            if (begin > 0) {
                Optional<String> found = ofExtension(name.substring(begin + 1));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The category for an extension without its dot, as a raw name. */
    public Optional<String> ofExtension(String extension) {
        String key = lower(extension);
        String own = categories.isEmpty() ? null : categories.get(key);
        return Optional.ofNullable(own == null && rest != null ? rest.categories.get(key) : own);
    }

    /** How many extensions and names the table of the plugin knows, by category. */
    Map<String, Long> sizes() {
        CategoryTable all = rest == null ? this : rest;
        return all.categories.values().stream().collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }

    private static String lower(String raw) {
        boolean same = true;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c >= 128) {
                return RawName.unicode(raw)
                        .map(text -> RawName.ofUnicode(text.toLowerCase(Locale.ROOT)))
                        .orElse(raw);
            }
            same &= c < 'A' || c > 'Z';
        }
        // Nearly all names are: asked for each file, so it should cost little.
        return same ? raw : raw.toLowerCase(Locale.ROOT);
    }
}

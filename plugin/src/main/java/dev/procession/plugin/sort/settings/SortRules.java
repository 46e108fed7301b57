package dev.procession.plugin.sort.settings;

import dev.procession.plugin.sort.archive.ArchiveLimits;
import dev.procession.plugin.sort.extra.Extra;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.layout.CategoryLayout;
import dev.procession.plugin.sort.layout.CategoryTable;
import dev.procession.plugin.sort.layout.ContentLayout;
import dev.procession.plugin.sort.layout.ExtensionLayout;
import dev.procession.plugin.sort.layout.Layout;
import dev.procession.plugin.sort.layout.NamedLayout;
import dev.procession.plugin.sort.layout.Template;
import dev.procession.plugin.sort.layout.TemplateLayout;
import dev.procession.plugin.sort.name.Names;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.scan.FileFilter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is sorted, and where to: all that the user can say about it, understood and checked.
 *
 * @param filter which files
 * @param layout where each goes, and how it is called there
 * @param facts what the layout needs to know of files beside their names
 * @param categories which category a name belongs to
 * @param names what becomes of names
 * @param unpacks whether archives are unpacked
 * @param limits what an archive may unpack to
 * @param extras libraries to be had in any case
 * @param description the layout in a few words, by which another run tells whether it has the same one
 */
public record SortRules(
        FileFilter filter,
        Layout layout,
        Facts facts,
        CategoryTable categories,
        Names names,
        boolean unpacks,
        ArchiveLimits limits,
        Set<Extra> extras,
        String description) {
    private static final List<String> LAYOUTS = List.of("extension", "category", "content", "template");

    /** What is looked for in files. */
    public enum Facts {
        NONE,
        CONTENT,
        TAKEN
    }

    /** All files, one folder for each extension, names as they are. */
    public static final SortRules DEFAULT = new SortRules(
            FileFilter.ALL,
            new ExtensionLayout(),
            Facts.NONE,
            CategoryTable.builtIn(),
            Names.KEEP,
            false,
            ArchiveLimits.DEFAULT,
            Set.of(),
            "extension, names=keep");

    /**
     * Understands what the user typed.
     *
     * @param options as typed
     * @param base what files are relative to
     * @param sourceName the raw name of the source
     * @param now what ages are counted from
     * @throws SortFailedException with all that has to be mended
     */
    public static SortRules of(LayoutOptions options, Path base, String sourceName, Instant now) {
        List<String> problems = new ArrayList<>();
        Choices choices = new Choices(problems);
        ZoneId zone = ZoneId.systemDefault();

        CategoryTable categories = CategoryTable.builtIn();
        for (String file : options.categories()) {
            if (file.isBlank()) {
                problems.add("<categories> has an empty element; name a file with categories, or take it out");
                continue;
            }
            categories.add(RawName.resolve(base, RawName.ofUnicode(file.trim())).normalize(), file, problems);
        }
        String layoutName = layoutName(options, choices, problems);
        boolean taken = choices.word("dates", options.dates(), List.of("taken", "modified"))
                .equals("taken");
        Names names = Names.valueOf(choices.word(
                        "names",
                        options.names(),
                        Arrays.stream(Names.values()).map(Names::word).toList())
                .toUpperCase(java.util.Locale.ROOT));
        Facts facts = Facts.NONE;
        Layout layout = new ExtensionLayout();
        String description = layoutName;
        switch (layoutName) {
            case "category" -> layout = new CategoryLayout(categories);
            case "content" -> {
                layout = new ContentLayout();
                facts = Facts.CONTENT;
            }
            case "template" -> {
                Template template = Template.parse(String.valueOf(options.template()), problems);
                layout = new TemplateLayout(template, categories, sourceName, taken, zone);
                facts = taken && template.usesDate() ? Facts.TAKEN : Facts.NONE;
                description += " " + options.template()
                        + (template.usesDate() ? ", dates=" + (taken ? "taken" : "modified") : "");
            }
            default -> {
                // By extension.
            }
        }
        FileFilter filter = filter(options, choices, problems, new AgeLimit(choices, now, zone));
        boolean unpacks = choices.word("archives", options.archives(), List.of("keep", "unpack"))
                .equals("unpack");
        ArchiveLimits limits = new ArchiveLimits(
                choices.count("archiveEntries", options.archiveEntries(), ArchiveLimits.DEFAULT.entries()),
                choices.size("archiveSize", options.archiveSize(), ArchiveLimits.DEFAULT.bytes()),
                (int) Math.min(
                        1_000_000,
                        choices.count("archiveRatio", options.archiveRatio(), ArchiveLimits.DEFAULT.ratio())),
                (int) Math.min(
                        16,
                        choices.count("archiveNesting", options.archiveNesting(), ArchiveLimits.DEFAULT.nesting())));
        Set<Extra> extras = extras(options.extras(), choices);
        if (!problems.isEmpty()) {
            throw new SortFailedException(String.join(System.lineSeparator(), problems));
        }
        return new SortRules(
                filter,
                NamedLayout.of(layout, names.rule()),
                facts,
                categories,
                names,
                unpacks,
                limits,
                extras,
                description + ", names=" + names.word());
    }

    /** Which extras the user wants in any case. */
    public static Set<Extra> extras(List<String> typed, Choices choices) {
        List<String> words = new ArrayList<>(List.of("all"));
        Arrays.stream(Extra.values()).map(Extra::word).forEach(words::add);
        Set<Extra> extras = EnumSet.noneOf(Extra.class);
        for (String one : typed) {
            String word = choices.word("extras", one, words);
            for (Extra extra : Extra.values()) {
                if (!one.isBlank() && (word.equals("all") || word.equals(extra.word()))) {
                    extras.add(extra);
                }
            }
        }
        return extras;
    }

    /** What children need to find out the facts. */
    public Set<Extra> extrasForFacts() {
        if (facts == Facts.TAKEN) {
            return Set.of(Extra.PHOTOS);
        }
        return extras.contains(Extra.OFFICE) ? Set.of(Extra.CONTENT, Extra.OFFICE) : Set.of(Extra.CONTENT);
    }

    public Map<String, String> ownCategories() {
        return categories.additions();
    }

    private static String layoutName(LayoutOptions options, Choices choices, List<String> problems) {
        boolean hasTemplate = options.template() != null && !options.template().isBlank();
        boolean said = options.layout() != null && !options.layout().isBlank();
        if (!said) {
            return hasTemplate ? "template" : "extension";
        }
        int before = problems.size();
        String name = choices.word("layout", options.layout(), LAYOUTS);
        if (problems.size() > before) {
            return "extension";
        }
        if (name.equals("template") && !hasTemplate) {
            problems.add("<template> is missing: write the folders for <layout>template</layout>, such as"
                    + " <template>{category}/{year}</template>");
            return "extension";
        }
        if (!name.equals("template") && hasTemplate) {
            problems.add("<template> and <layout>" + name + "</layout> exclude each other; leave one of them out");
        }
        return name;
    }

    private static FileFilter filter(LayoutOptions options, Choices choices, List<String> problems, AgeLimit ages) {
        globs("include", options.includes(), problems);
        globs("exclude", options.excludes(), problems);
        long minSize = choices.size("minSize", options.minSize(), 0);
        long maxSize = choices.size("maxSize", options.maxSize(), Long.MAX_VALUE);
        long notBefore = ages.nanos("newerThan", options.newerThan(), Long.MIN_VALUE);
        long notAfter = ages.nanos("olderThan", options.olderThan(), Long.MAX_VALUE);
        if (minSize > maxSize) {
            problems.add("<minSize> is more than <maxSize>, so no file could be sorted: minSize=" + options.minSize()
                    + ", maxSize=" + options.maxSize());
        }
        if (notBefore > notAfter) {
            problems.add("no file can be older than " + options.olderThan() + " and newer than " + options.newerThan()
                    + "; change <olderThan> or <newerThan>");
        }
        boolean valid = problems.isEmpty();
        return new FileFilter(
                FileFilter.Globs.of(valid ? options.includes() : List.of()),
                FileFilter.Globs.of(valid ? options.excludes() : List.of()),
                minSize,
                maxSize,
                notBefore,
                notAfter,
                options.hidden());
    }

    private static void globs(String element, List<String> typed, List<String> problems) {
        for (String glob : typed) {
            String problem = problemWith(glob.trim().replace('\\', '/'), glob.trim());
            if (!problem.isEmpty()) {
                problems.add("<" + element + ">" + dev.procession.plugin.report.Shown.text(glob) + "</" + element + "> "
                        + problem);
            }
        }
    }

    private static String problemWith(String pattern, String typed) {
        if (typed.startsWith("%regex[") && typed.endsWith("]")) {
            try {
                Pattern.compile(typed.substring("%regex[".length(), typed.length() - 1));
                return "";
            } catch (PatternSyntaxException e) {
                return "is no regular expression: " + e.getDescription();
            }
        }
        if (pattern.isEmpty()) {
            return "is empty; write a glob such as **/*.jpg";
        }
        if (pattern.startsWith("/") || pattern.matches("[A-Za-z]:/.*")) {
            return "is absolute; write it relative to <source>, such as **/*.jpg";
        }
        if (("/" + pattern + "/").contains("/../")) {
            return "leaves <source> through '..'; name another <source>";
        }
        return "";
    }
}

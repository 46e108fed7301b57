package dev.procession.plugin.sort.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files {@code sort-files} sorts, where each goes and what it is called there, as the user typed it. Null and an empty
 * list mean that nothing was said.
 *
 * @param layout {@code extension}, {@code category}, {@code content} or {@code template}
 * @param template the folders, such as {@code {category}/{year}}
 * @param dates what days in a template are: {@code taken} or {@code modified}
 * @param categories files with tables of the user's own
 * @param names {@code keep}, {@code nfc}, {@code windows} or {@code transliterate}
 * @param includes globs, of which a file must match one
 * @param excludes globs, of which a file must match none
 * @param minSize a size, such as {@code 10 kB}
 * @param maxSize a size
 * @param olderThan an age, such as {@code 30d}, or a day
 * @param newerThan an age, or a day
 * @param hidden whether hidden files are sorted
 * @param archives {@code keep} or {@code unpack}
 * @param archiveEntries how many entries an archive may have
 * @param archiveSize how much an archive may unpack to, a size
 * @param archiveRatio how many times its own size that may be
 * @param archiveNesting how deep archives in archives are unpacked
 * @param extras libraries to be had in any case
 */
public record LayoutOptions(
        @Nullable String layout,
        @Nullable String template,
        @Nullable String dates,
        List<String> categories,
        @Nullable String names,
        List<String> includes,
        List<String> excludes,
        @Nullable String minSize,
        @Nullable String maxSize,
        @Nullable String olderThan,
        @Nullable String newerThan,
        boolean hidden,
        @Nullable String archives,
        @Nullable String archiveEntries,
        @Nullable String archiveSize,
        @Nullable String archiveRatio,
        @Nullable String archiveNesting,
        List<String> extras) {

    /** All files, one folder for each extension, names as they are. */
    public static final LayoutOptions DEFAULT = new LayoutOptions(
            null, null, null, List.of(), null, List.of(), List.of(), null, null, null, null, true, null, null, null,
            null, null, List.of());

    /** Copies the lists. */
    public LayoutOptions {
        categories = List.copyOf(categories);
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
        extras = List.copyOf(extras);
    }
}

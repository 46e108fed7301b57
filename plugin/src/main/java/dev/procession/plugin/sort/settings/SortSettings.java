package dev.procession.plugin.sort.settings;

import dev.procession.plugin.report.NearestName;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.sort.failure.SortFailedException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@link SortOptions}, understood.
 *
 * @param mode how files get into the output
 * @param collisions what is done with a file whose name is taken
 * @param keep what copies keep beside the usual
 * @param keepRuns how many runs can be undone
 */
public record SortSettings(SortMode mode, Collisions collisions, Set<Keep> keep, int keepRuns) {

    /** What holds when nothing was said. */
    public static final SortSettings DEFAULT =
            new SortSettings(SortMode.COPY, Collisions.RENAME, Set.of(), Integer.MAX_VALUE);

    /** Checks all of them, and tells all mistakes at once. */
    public static SortSettings of(SortOptions options) {
        List<String> mistakes = new ArrayList<>();
        SortMode mode = parse("mode", options.mode(), SortMode.values(), SortMode::word, mistakes);
        Collisions collisions =
                parse("collisions", options.collisions(), Collisions.values(), Collisions::word, mistakes);
        Set<Keep> keep = EnumSet.noneOf(Keep.class);
        for (String typed : options.keep()) {
            keep.add(parse("keep", typed, Keep.values(), Keep::word, mistakes));
        }
        int keepRuns = Integer.MAX_VALUE;
        if (options.keepRuns().matches("[1-9][0-9]{0,8}")) {
            keepRuns = Integer.parseInt(options.keepRuns());
        } else if (!options.keepRuns().equals("all")) {
            mistakes.add("<keepRuns> must be all or a number from 1 on: keepRuns=" + Shown.text(options.keepRuns()));
        }
        if (mode == SortMode.MOVE && options.prune()) {
            mistakes.add("<prune> has no meaning with <mode>move</mode>: every source has gone; leave one of them out");
        }
        if (!mistakes.isEmpty()) {
            throw new SortFailedException(String.join(System.lineSeparator(), mistakes));
        }
        return new SortSettings(mode, collisions, keep, keepRuns);
    }

    private static <T> T parse(
            String element, String typed, T[] values, Function<T, String> word, List<String> mistakes) {
        for (T value : values) {
            if (word.apply(value).equals(typed.trim())) {
                return value;
            }
        }
        NearestName nearest = new NearestName(typed);
        Stream.of(values).map(word).forEach(nearest::consider);
        mistakes.add("<" + element + "> must be one of "
                + Stream.of(values).map(word).collect(Collectors.joining(", ")) + ": " + element + "="
                + Shown.text(typed)
                + nearest.nearest().map(name -> "; is it " + name + "?").orElse(""));
        return values[0];
    }
}

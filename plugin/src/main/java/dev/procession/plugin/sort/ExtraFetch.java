package dev.procession.plugin.sort;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.sort.extra.Extra;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.settings.Choices;
import dev.procession.plugin.sort.settings.SortRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Fetches extras ahead, for builds that cannot fetch anything later. */
public final class ExtraFetch {
    private final SortRequest request;

    /**
     * @param request names extras, and nothing to sort
     */
    public ExtraFetch(SortRequest request) {
        this.request = request;
    }

    /**
     * Whether a request wants nothing else.
     *
     * @param request what the user typed
     * @return whether it names extras, but neither a source nor an output
     */
    public static boolean isAll(SortRequest request) {
        return request.source() == null
                && request.output() == null
                && !request.layout().extras().isEmpty();
    }

    /**
     * Does it.
     *
     * @return a line that tells of it
     * @throws SortFailedException when there is no such extra, or it cannot be fetched
     */
    public String run() {
        List<String> problems = new ArrayList<>();
        Set<Extra> extras = SortRules.extras(request.layout().extras(), new Choices(problems));
        if (!problems.isEmpty()) {
            throw new SortFailedException(String.join(System.lineSeparator(), problems));
        }
        List<Path> jars = request.surroundings().jars().jars(extras);
        return "fetched " + extras.stream().map(Extra::word).collect(Collectors.joining(", ")) + " ("
                + Amount.of(jars.size(), "jar") + "): sort-files has them offline too";
    }
}

package dev.procession.plugin.bundle.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@code tsconfig.json} and all that it extends. One of them may say what {@code paths} there are and another what they
 * are relative to; so each base of the chain counts, which may be too many and is never too few.
 */
final class TsConfigChain {
    private static final String OWN_DIRECTORY = "${configDir}";

    private final List<TsConfig> configs;
    private final Set<Path> bases = new LinkedHashSet<>();

    /**
     * @param configs the one that begins it, then the others
     */
    TsConfigChain(List<TsConfig> configs) {
        this.configs = List.copyOf(configs);
        for (TsConfig config : configs) {
            if (config.baseUrl != null) {
                bases.add(resolve(config.directory(), config.baseUrl));
            }
        }
    }

    /** The files that an import of this text may be, without their endings. */
    List<Path> candidates(String imported) {
        List<Path> candidates = new ArrayList<>();
        for (TsConfig config : configs) {
            Set<Path> places = new LinkedHashSet<>(bases);
            places.add(config.directory());
            config.paths.forEach((pattern, targets) -> {
                String rest = TsConfigParents.rest(pattern, imported);
                if (rest != null) {
                    for (String target : targets) {
                        places.forEach(place -> candidates.add(resolve(place, target.replace("*", rest))));
                    }
                }
            });
        }
        bases.forEach(base -> candidates.add(TsConfig.resolve(base, imported)));
        return candidates;
    }

    private Path resolve(Path place, String name) {
        return name.startsWith(OWN_DIRECTORY)
                ? TsConfig.resolve(configs.get(0).directory(), "./" + name.substring(OWN_DIRECTORY.length()))
                : TsConfig.resolve(place, name);
    }
}

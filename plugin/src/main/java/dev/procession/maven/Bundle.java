package dev.procession.maven;

import dev.procession.plugin.bundle.BundleSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@code <bundle>} in a pom; Maven fills the fields. The goal's page in {@code docs/} describes each. */
public final class Bundle {
    private @Nullable String name;
    private @Nullable List<@Nullable String> includes;
    private @Nullable List<@Nullable String> excludes;
    private @Nullable String output;
    private @Nullable String directory;
    private @Nullable String encoding;
    private @Nullable String banner;
    private boolean sourceMap = true;
    private boolean allowEmpty;

    /** Made by Maven, field by field. */
    public Bundle() {}

    BundleSpec toSpec() {
        return new BundleSpec(
                name, typed(includes), typed(excludes), output, directory, encoding, banner, sourceMap, allowEmpty);
    }

    /** An element without text arrives as null. */
    private static List<String> typed(@Nullable List<@Nullable String> elements) {
        return elements == null
                ? List.of()
                : elements.stream()
                        .map(element -> Objects.requireNonNullElse(element, ""))
                        .toList();
    }
}

package dev.procession.plugin.bundle.request;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides conditions of includes, such as {@code debug}, {@code !debug}, {@code env=prod}, {@code env!=prod},
 * {@code profile:dev} and {@code !profile:dev}.
 *
 * @param properties the value of a property
 * @param profiles whether a profile is active
 */
public record Includes(Function<String, Optional<String>> properties, Predicate<String> profiles) {
    private static final String PROFILE = "profile:";

    /**
     * Decides one.
     *
     * @param condition as it was typed; null or blank is always true
     * @return whether the include counts
     */
    public boolean holds(@Nullable String condition) {
        if (condition == null || condition.isBlank()) {
            return true;
        }
        String text = condition.trim();
        boolean negated = text.startsWith("!");
        String rest = negated ? text.substring(1).trim() : text;
        if (rest.startsWith(PROFILE)) {
            return profiles.test(rest.substring(PROFILE.length()).trim()) != negated;
        }
        int equals = rest.indexOf('=');
        if (equals < 0) {
            // A property that is there counts, unless it says that it does not.
            boolean set = properties
                    .apply(rest)
                    .filter(value -> !value.trim().equals("false"))
                    .isPresent();
            return set != negated;
        }
        boolean differs = equals > 0 && rest.charAt(equals - 1) == '!';
        String name = rest.substring(0, differs ? equals - 1 : equals).trim();
        String value = rest.substring(equals + 1).trim();
        boolean same =
                properties.apply(name).map(String::trim).filter(value::equals).isPresent();
        return same != (negated != differs);
    }
}

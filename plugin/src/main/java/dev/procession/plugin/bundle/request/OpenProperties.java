package dev.procession.plugin.bundle.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Properties in what the user typed that nothing sets: Maven leaves them as they are, and a file would be called by
 * them. (An element that holds nothing else arrives as if it was not there.)
 */
public final class OpenProperties {
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{[^${}\\s]+\\}");

    private OpenProperties() {}

    /** Whether there is one; then that is a problem. */
    public static boolean are(String element, @Nullable String typed, @Nullable String label, Problems problems) {
        if (typed == null || typed.indexOf('$') < 0) {
            return false;
        }
        Matcher property = PROPERTY.matcher(typed);
        if (!property.find()) {
            return false;
        }
        problems.add(
                element,
                typed,
                label,
                "holds " + property.group() + ", a property that nothing sets; set it, or correct its name");
        return true;
    }
}

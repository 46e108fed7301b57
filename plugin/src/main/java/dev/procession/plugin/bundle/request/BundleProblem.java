package dev.procession.plugin.bundle.request;

import dev.procession.plugin.report.Shown;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the user has to mend.
 *
 * @param element the XML element they typed, without brackets; empty when the problem is in the sources
 * @param value what they typed in it, or null when it is missing
 * @param bundle the bundle it belongs to, or null
 * @param text what is wrong, where, and what to do
 */
public record BundleProblem(
        String element, @Nullable String value, @Nullable String bundle, String text) {

    /**
     * The problem in one line.
     *
     * @return the problem in one line
     */
    @Override
    public String toString() {
        if (element.isEmpty()) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        line.append('<').append(element).append('>');
        if (value != null) {
            line.append(Shown.text(value)).append("</").append(element).append('>');
        }
        if (bundle != null) {
            line.append(" of bundle ").append(Shown.text(bundle));
        }
        // Without a value the text goes on as a sentence: "<workers> must be ...".
        return line.append(value == null ? " " : ": ").append(text).toString();
    }
}

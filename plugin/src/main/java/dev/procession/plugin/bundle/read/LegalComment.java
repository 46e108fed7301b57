package dev.procession.plugin.bundle.read;

import java.util.Optional;

/** Comments that speak of the rights in a file: those of the form {@code /*!}, and those with such a tag in them. */
final class LegalComment {
    private LegalComment() {}

    /** The comment between two positions, if it is one. */
    static Optional<String> of(char[] chars, int from, int to) {
        if (to - from > 2 && chars[from + 2] == '!') {
            return Optional.of(new String(chars, from, to - from));
        }
        // Looking for an '@' first spares the text of all other comments.
        for (int i = from; i < to; i++) {
            if (chars[i] == '@') {
                String text = new String(chars, from, to - from);
                return text.contains("@license")
                                || text.contains("@licence")
                                || text.contains("@preserve")
                                || text.contains("@copyright")
                        ? Optional.of(text)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}

package dev.procession.plugin.timeline;

/** Text of a page that is written piece by piece: what comes from outside is escaped here, and nowhere else. */
public final class Html {
    private final StringBuilder text = new StringBuilder();

    /** Begins an empty one. */
    public Html() {}

    /**
     * Adds what the program itself says.
     *
     * @param markup written as it is
     * @return this
     */
    public Html raw(CharSequence markup) {
        text.append(markup);
        return this;
    }

    /**
     * Adds what came from outside.
     *
     * @param words any characters; none of them is markup, in an attribute's value neither
     * @return this
     */
    public Html text(String words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.append(isAllowed(c) ? c : '\uFFFD');
            }
        }
        return this;
    }

    /**
     * Adds words in both languages, of which the page shows one.
     *
     * @param words equal ones are written once
     * @return this
     */
    public Html text(PageText words) {
        if (words.en().equals(words.uk())) {
            return text(words.en());
        }
        return raw("<span lang=\"en\">")
                .text(words.en())
                .raw("</span><span lang=\"uk\">")
                .text(words.uk())
                .raw("</span>");
    }

    /** Control characters are no characters of a page. */
    private static boolean isAllowed(char c) {
        return (c >= ' ' && c != 0x7f) || c == '\n' || c == '\t';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

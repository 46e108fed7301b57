package dev.procession.plugin.timeline;

/**
 * Words of a page in its two languages. Data, not markup.
 *
 * @param en in English
 * @param uk in Ukrainian
 */
public record PageText(String en, String uk) {

    /**
     * Words that are the same in both.
     *
     * @param text such as a name
     * @return the text
     */
    public static PageText of(String text) {
        return new PageText(text, text);
    }
}

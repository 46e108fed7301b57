package dev.procession.plugin.bundle.read;

import dev.procession.plugin.bundle.input.IncludePattern;

/**
 * How addresses in style sheets are rewritten. An address means a file beside the style sheet; once that is joined into
 * another directory, the address has to lead back to where the file is served.
 *
 * @param rebased whether they are rewritten at all
 * @param root where the sources' directory is served, as the name of a source begins: {@code src/main/js/}
 * @param toRoot the way from the bundle's directory to the root of the web application: {@code ../} for each directory
 */
public record StyleUrls(boolean rebased, String root, String toRoot) {
    public static final StyleUrls NONE = new StyleUrls(false, "", "");

    /** What an address in a source needs before it, so that it leads from the bundle to where it led from the source. */
    public String prefix(String sourceName) {
        if (!rebased) {
            return "";
        }
        String directory = sourceName.substring(0, sourceName.lastIndexOf('/') + 1);
        if (directory.startsWith(IncludePattern.WEBJAR)) {
            // Where servlet containers serve what lies in META-INF/resources.
            return toRoot + "webjars/" + directory.substring(IncludePattern.WEBJAR.length());
        }
        return directory.startsWith(root) ? toRoot + directory.substring(root.length()) : "";
    }
}

package dev.procession.plugin.bundle.read;

import dev.procession.plugin.bundle.map.SourceNames;
import dev.procession.plugin.work.FileName;

/** An address in a style sheet, and what becomes of it when the style sheet moves. */
final class StyleAddress {
    private StyleAddress() {}

    /**
     * The same file's address from the bundle.
     *
     * @param address as it stands in the style sheet, which may hold escapes
     * @param prefix see {@link StyleUrls#prefix}
     */
    static String moved(String address, String prefix) {
        if (prefix.isEmpty()
                || address.isEmpty()
                || address.startsWith("/")
                || address.startsWith("#")
                || address.startsWith("\\")
                || address.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            return address;
        }
        int end = 0;
        while (end < address.length() && "?#\\".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        return resolved(prefix, address.substring(0, end)) + address.substring(end);
    }

    private static String resolved(String prefix, String path) {
        String base =
                FileName.encoded(prefix).replace("'", "%27").replace("(", "%28").replace(")", "%29");
        return SourceNames.resolve(base, path);
    }
}

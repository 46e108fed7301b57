package dev.procession.plugin.report;

/** Names on one line: a file name may hold anything, a log line may not. */
public final class Shown {
    private Shown() {}

    /**
     * A name as a line may hold it.
     *
     * @param name any text
     * @return the same text, with control characters written as escapes
     */
    public static String text(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return escaped(name);
            }
        }
        return name;
    }

    private static String escaped(String name) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        shown.append(String.format("\\u%04x", (int) c));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        return shown.toString();
    }
}

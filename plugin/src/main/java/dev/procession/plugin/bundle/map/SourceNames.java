package dev.procession.plugin.bundle.map;

import java.util.ArrayDeque;
import java.util.Deque;

/** Names of sources in source maps, which are addresses relative to one another. */
public final class SourceNames {
    private SourceNames() {}

    /** Whether a name is complete by itself: it has a scheme (such as {@code webpack:}), or begins at a root. */
    public static boolean isElsewhere(String name) {
        return name.startsWith("/") || name.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
    }

    /** What a relative name means beside a file. */
    public static String resolve(String file, String name) {
        Deque<String> parts = new ArrayDeque<>();
        String text = file.substring(0, file.lastIndexOf('/') + 1) + name;
        for (String part : text.split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.equals(".") && !(part.isEmpty() && !parts.isEmpty())) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}

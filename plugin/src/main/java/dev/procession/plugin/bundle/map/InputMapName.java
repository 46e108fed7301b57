package dev.procession.plugin.bundle.map;

import dev.procession.plugin.work.FileName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which source maps the comments of a script or style sheet name. The engine takes the last comment, wherever it stands,
 * and knows comments from strings; here all of them count, also one in a string, since a name too many does no harm.
 */
public final class InputMapName {
    private static final byte[] WORD = " sourceMappingURL=".getBytes(StandardCharsets.US_ASCII);

    /** How far one may go on, by the byte under the end of the word: files of 50 MB are searched too. */
    private static final int[] STEPS = steps();

    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private InputMapName() {}

    public static List<Path> all(Path file, byte[] content) {
        List<Path> names = new ArrayList<>();
        Path directory = file.getParent();
        for (int at = find(content, 0); at >= 0 && directory != null; at = find(content, at + WORD.length)) {
            if (isComment(content, at)) {
                String url = url(content, at + WORD.length, content[at - 2] == '*');
                file(directory, url).ifPresent(names::add);
            }
        }
        return names;
    }

    private static int[] steps() {
        int[] steps = new int[256];
        Arrays.fill(steps, WORD.length);
        for (int i = 0; i < WORD.length - 1; i++) {
            steps[WORD[i]] = WORD.length - 1 - i;
        }
        return steps;
    }

    private static int find(byte[] content, int from) {
        int last = WORD.length - 1;
        for (int at = from; at + last < content.length; at += STEPS[content[at + last] & 0xFF]) {
            int i = last;
            while (i >= 0 && content[at + i] == WORD[i]) {
                i--;
            }
            if (i < 0) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a comment begins with the word: <code>//#</code>, <code>//@</code>, or the same after a slash and a star. */
    private static boolean isComment(byte[] content, int at) {
        return at >= 3
                && (content[at - 1] == '#' || content[at - 1] == '@')
                && (content[at - 2] == '/' || content[at - 2] == '*')
                && content[at - 3] == '/';
    }

    private static String url(byte[] content, int begin, boolean inStars) {
        int end = begin;
        while (end < content.length
                && (content[end] > ' ' || content[end] < 0)
                && !(inStars && content[end] == '*' && end + 1 < content.length && content[end + 1] == '/')) {
            end++;
        }
        return new String(content, begin, end - begin, StandardCharsets.UTF_8);
    }

    /** The file of an address that is relative to a directory; none if it leads elsewhere, or holds the map itself. */
    static Optional<Path> file(Path directory, String url) {
        try {
            if (url.startsWith("file:")) {
                return Optional.of(Path.of(java.net.URI.create(url)).normalize());
            }
            String path = url.replaceFirst("(?s)[?#].*", "");
            return path.isEmpty()
                            || path.startsWith("//")
                            || SCHEME.matcher(path).matches()
                    ? Optional.empty()
                    : Optional.of(FileName.resolve(directory, decoded(path)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // No address: the engine says so.
            return Optional.empty();
        }
    }

    /**
     * A text with its percent-encoded bytes decoded. Many tools encode nothing, so a percent sign before anything else than
     * two digits stands for itself.
     */
    public static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            decoded[length++] = low < 0 ? raw[i] : (byte) (high << 4 | low);
            i += low < 0 ? 0 : 2;
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }
}

package dev.procession.plugin.bundle.input;

import java.util.Comparator;

/** Orders names by their code points. {@link String#compareTo} would put U+1F600 before U+FF21, by UTF-16 unit. */
final class PathOrder implements Comparator<String> {
    static final PathOrder BY_CODE_POINT = new PathOrder();

    private PathOrder() {}

    @Override
    public int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogateA = Character.isSurrogate(a);
                // A surrogate stands for a code point above every other char.
                return surrogateA != Character.isSurrogate(b) ? (surrogateA ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}

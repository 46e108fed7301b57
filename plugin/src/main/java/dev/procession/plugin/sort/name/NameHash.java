package dev.procession.plugin.sort.name;

/**
 * 64 bits for a raw path. Two paths have the same ones once in a million runs with five million files; then a file gets
 * a number that it would not need, and nothing else happens: names are taken exclusively.
 */
public final class NameHash {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private NameHash() {}

    public static long of(String path) {
        return end(add(PRIME, path));
    }

    /** That of {@code folder + "/" + name}. */
    public static long of(String folder, String name) {
        return end(add(add(add(PRIME, folder), "/"), name));
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (int i = 0; i < text.length(); i++) {
            sum = (sum ^ text.charAt(i)) * PRIME;
            sum ^= sum >>> 29;
        }
        return sum;
    }

    private static long end(long hash) {
        long sum = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        sum = (sum ^ (sum >>> 27)) * 0x94D049BB133111EBL;
        return sum ^ (sum >>> 31);
    }
}

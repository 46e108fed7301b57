package dev.procession.plugin.npm;

import org.semver4j.Semver;

/** Whether versions are in npm's ranges, such as {@code ^3.3.0}. */
final class Ranges {
    private Ranges() {}

    /** What is no version or no range (a tag, an address, an alias) is not judged: it counts as satisfied. */
    static boolean satisfies(String version, String range) {
        try {
            Semver parsed = Semver.parse(version);
            return parsed == null
                    || range.indexOf(':') >= 0
                    || range.indexOf('/') >= 0
                    || parsed.satisfies(range.trim());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}

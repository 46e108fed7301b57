package dev.procession.plugin.bundle.input;

import java.io.File;
import org.codehaus.plexus.util.MatchPatterns;

/** An include or exclude as the user meant it. */
public sealed interface IncludePattern {

    /** One file, named in full. */
    record Exact(String name) implements IncludePattern {}

    /** All files that match. */
    record Glob(MatchPatterns patterns) implements IncludePattern {
        boolean matches(String name) {
            return patterns.matches(name.replace('/', File.separatorChar), true);
        }

        boolean mayMatchBelow(String directory) {
            return patterns.matchesPatternStart(directory.replace('/', File.separatorChar), true);
        }

        static Glob of(String pattern) {
            return new Glob(MatchPatterns.from(pattern));
        }
    }

    /** The files of a WebJar that match. */
    record WebJar(String name, IncludePattern below) implements IncludePattern {}

    /** What can be no pattern, and why. */
    record Invalid(String text) implements IncludePattern {}

    String WEBJAR = "webjar:";

    static IncludePattern parse(String typed) {
        String pattern = typed.trim();
        if (pattern.isEmpty()) {
            return new Invalid("is empty; write a file or a glob such as **/*.js");
        }
        if (pattern.startsWith(WEBJAR)) {
            return webJar(pattern.substring(WEBJAR.length()));
        }
        return local(pattern);
    }

    private static IncludePattern webJar(String rest) {
        int slash = rest.indexOf('/');
        if (slash <= 0 || slash == rest.length() - 1) {
            return new Invalid(
                    "names no file of a WebJar; write webjar:<name>/<file or glob>, such as webjar:jquery/jquery.js");
        }
        IncludePattern below = local(rest.substring(slash + 1));
        return below instanceof Invalid ? below : new WebJar(rest.substring(0, slash), below);
    }

    private static IncludePattern local(String typed) {
        // The two forms of plexus-utils that say what they are; all else means the same with either slash.
        if (typed.endsWith("]") && (typed.startsWith("%regex[") || typed.startsWith("%ant["))) {
            return Glob.of(typed);
        }
        String pattern = typed.replace('\\', '/');
        while (pattern.startsWith("./")) {
            pattern = pattern.substring(2);
        }
        if (pattern.startsWith("/") || pattern.matches("[A-Za-z]:/.*")) {
            return new Invalid(
                    "is absolute; write it relative to <directory>, and set <directory> when the files are elsewhere");
        }
        if (("/" + pattern + "/").contains("/../")) {
            return new Invalid("leaves its directory through '..'; set <directory> to where the files are");
        }
        if (pattern.indexOf('\0') >= 0) {
            return new Invalid("holds a NUL character; remove it");
        }
        if (pattern.endsWith("/")) {
            pattern += "**";
        }
        return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0 ? new Exact(pattern) : Glob.of(pattern);
    }
}

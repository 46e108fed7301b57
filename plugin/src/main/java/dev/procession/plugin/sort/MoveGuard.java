package dev.procession.plugin.sort;

import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.name.RawName;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Keeps a move from emptying what nobody means to have emptied. */
final class MoveGuard {
    private static final String WAY_OUT = "; name another directory, copy, or say <force>true</force>";

    private MoveGuard() {}

    static void check(Path source) {
        String home = System.getProperty("user.home", "");
        if (source.getParent() == null) {
            throw refused(source, "is the root of a file system");
        }
        if (!home.isEmpty() && source.equals(real(Path.of(home)))) {
            throw refused(source, "is your home directory");
        }
        if (Files.exists(source.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
            throw refused(source, "holds .git: its files belong to a repository");
        }
    }

    /** @param repositories directories {@code .git} that were found deeper, as people read them */
    static void check(List<String> repositories) {
        if (!repositories.isEmpty()) {
            throw new SortFailedException("<mode>move</mode>: <source> holds repositories, whose files belong together,"
                    + " so nothing was done: " + String.join(", ", repositories)
                    + "; exclude them, copy, or say <force>true</force>");
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (java.io.IOException e) {
            return path;
        }
    }

    private static SortFailedException refused(Path source, String what) {
        return new SortFailedException(
                "<mode>move</mode>: " + RawName.shown(source) + " " + what + ", so nothing was done" + WAY_OUT);
    }
}

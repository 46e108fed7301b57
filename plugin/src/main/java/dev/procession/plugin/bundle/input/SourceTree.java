package dev.procession.plugin.bundle.input;

import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * What lies below a directory, in path order; links are followed.
 *
 * @param files the regular files
 * @param troubles what is there and cannot be read as a file or a directory
 */
record SourceTree(List<Leaf> files, List<Trouble> troubles) {

    /**
     * A regular file.
     *
     * @param name relative to the directory, with '/'
     * @param path where it is
     * @param stat what was seen of it in the walk
     */
    record Leaf(String name, Path path, FileStat stat) {}

    /**
     * An entry that cannot be used.
     *
     * @param name relative to the directory, with '/'
     * @param directory whether files below it are missing, rather than itself
     * @param text what it is, and what to do
     */
    record Trouble(String name, boolean directory, String text) {}

    /**
     * Walks the directory once.
     *
     * @param wanted whether a directory, by its name, can hold anything of interest; others are not entered
     * @param own a directory that is skipped: the engine's own
     */
    static SourceTree walk(Path directory, Predicate<String> wanted, Path own) throws IOException {
        List<Leaf> files = new ArrayList<>();
        List<Trouble> troubles = new ArrayList<>();
        Files.walkFileTree(
                directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                        boolean enter = path.equals(directory)
                                || (!path.equals(own) && wanted.test(FileName.of(directory, path)));
                        return enter ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                        String name = FileName.of(directory, path);
                        if (attributes.isRegularFile()) {
                            files.add(new Leaf(name, path, FileStat.of(attributes)));
                        } else {
                            troubles.add(new Trouble(name, false, oddity(path, attributes)));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException cause) throws IOException {
                        if (path.equals(directory)) {
                            throw cause;
                        }
                        troubles.add(new Trouble(FileName.of(directory, path), true, oddity(path, cause)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path path, @org.jspecify.annotations.Nullable IOException cause) {
                        if (cause != null) {
                            troubles.add(new Trouble(FileName.of(directory, path), true, oddity(path, cause)));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(Comparator.comparing(Leaf::name, PathOrder.BY_CODE_POINT));
        return new SourceTree(files, troubles);
    }

    /** Why something that is no regular file cannot be bundled. */
    static String oddity(Path path, BasicFileAttributes attributes) {
        String shown = FileName.shown(path);
        if (attributes.isDirectory()) {
            return shown + " is a directory; to take the scripts in it, write a glob such as dir/**/*.js";
        }
        if (!attributes.isSymbolicLink()) {
            // Opening a named pipe would wait for a writer for ever.
            return shown + " is not a regular file; remove or exclude it";
        }
        try {
            Path target = path.toRealPath();
            return shown + " is a symbolic link that changed while it was looked at, to " + FileName.shown(target)
                    + "; run the build again";
        } catch (IOException e) {
            return oddity(path, e);
        }
    }

    /** What a failure to look at a path means. */
    static String oddity(Path path, IOException cause) {
        String shown = FileName.shown(path);
        if (cause instanceof FileSystemLoopException) {
            return shown + " is a symbolic link to a directory above itself, a loop; remove or exclude the link";
        }
        if (cause instanceof AccessDeniedException) {
            return shown + " cannot be read, permission denied; change its permissions or exclude it";
        }
        if (Files.isSymbolicLink(path)) {
            return cause instanceof NoSuchFileException
                    ? shown + " is a symbolic link to a file that does not exist; mend, remove or exclude the link"
                    : shown + " is a symbolic link that leads back to itself, a loop; remove or exclude the link";
        }
        if (cause instanceof NoSuchFileException) {
            return shown + " does not exist";
        }
        return shown + " cannot be read: " + Shown.text(String.valueOf(cause.getMessage()));
    }
}

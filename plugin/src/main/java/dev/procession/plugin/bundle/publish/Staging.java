package dev.procession.plugin.bundle.publish;

import dev.procession.plugin.output.StagedFile;
import dev.procession.plugin.output.Workbench;
import dev.procession.plugin.work.EndWithJvm;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.WriteFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that are being written and may not be seen yet. They lie in the build directory, so that a rename puts each of
 * them in its place at once. A build that is asked to end, as by Ctrl-C, removes them; one that is killed leaves them here,
 * and the next one sweeps them away.
 *
 * <p>A file's name says which process writes it: its id, and its start time because ids are used again. Files of a
 * process that lives are never touched, so two builds of one directory do not harm each other. For one thread, beside the
 * one that ends it with the JVM.
 */
public final class Staging implements Workbench, AutoCloseable {
    private static final Pattern NAME = Pattern.compile("([0-9]+)-([0-9]+)-[0-9a-f]+\\.part");

    private final Path directory;
    private final EndWithJvm hook;

    // Guarded by this: between the making of a file and its entry here, nobody may look.
    private final List<Path> unpublished = new ArrayList<>();

    public Staging(Path directory) {
        this.directory = directory;
        this.hook = EndWithJvm.of("procession-staging-end", this::discardQuietly);
    }

    /** Removes what dead processes left. A directory that is not there yet costs one look. */
    public void sweep() throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.part")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches() && !lives(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (FileSystemException e) {
            // Who may not write here can still find that nothing changed; who has to write will be told.
            if (Files.isWritable(directory)) {
                throw e;
            }
        }
    }

    private static boolean lives(long pid, long started) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isPresent() && process.get().isAlive() && (started == 0 || startOf(process.get()) == started);
    }

    /** When the process began, or 0 where the system does not tell. */
    private static long startOf(ProcessHandle process) {
        Optional<Instant> started = process.info().startInstant();
        return started.isPresent() ? started.get().toEpochMilli() : 0;
    }

    /** Opens a new file; {@link #publish} puts it in its place {@code target}, {@link #close} discards it. */
    public Draft draft(Path target) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        // 64 random bits are never met twice; CREATE_NEW makes sure.
        String name = self.pid() + "-" + startOf(self) + "-"
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part";
        Path file = directory.resolve(name);
        OutputStream out;
        synchronized (this) {
            checkEnding();
            try {
                Files.createDirectories(directory);
                out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileSystemException e) {
                throw WriteFailure.naming(target, directory, e);
            }
            unpublished.add(file);
        }
        return new Draft(new StagedFile(target, file), WriteFailure.naming(target, out));
    }

    @Override
    public Path newFile(Path target) throws IOException {
        try (Draft draft = draft(target)) {
            return draft.file.content();
        }
    }

    /** Puts a whole file in its place, whatever was there; nobody ever sees a part of it. */
    @Override
    public synchronized void publish(StagedFile file) throws IOException {
        checkEnding();
        Path target = file.target();
        Path parent = Objects.requireNonNullElse(target.getParent(), target);
        try {
            Files.createDirectories(parent);
            Files.move(file.content(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(
                    FileName.shown(target) + " is on another file system than " + FileName.shown(directory)
                            + ", so it cannot be replaced in one step; put both on one",
                    e);
        } catch (FileSystemException e) {
            throw WriteFailure.naming(target, parent, e);
        }
        unpublished.remove(file.content());
    }

    /** What is made after the end would stay, and what was made before it is not there any more. */
    private void checkEnding() throws InterruptedIOException {
        if (hook.hasEnded()) {
            throw new InterruptedIOException("the build was asked to end");
        }
    }

    /** Discards what was not published. */
    @Override
    public void close() throws IOException {
        hook.forget();
        discard();
    }

    private void discardQuietly() {
        try {
            discard();
        } catch (IOException e) {
            // The next build sweeps it away: a file that is being written cannot be removed on every system.
        }
    }

    private synchronized void discard() throws IOException {
        IOException failure = null;
        for (Path file : unpublished) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                failure = e;
            }
        }
        unpublished.clear();
        if (failure != null) {
            throw failure;
        }
    }

    /** A file that is being written. */
    public static final class Draft implements AutoCloseable {
        private final StagedFile file;
        private final OutputStream out;

        private Draft(StagedFile file, OutputStream out) {
            this.file = file;
            this.out = out;
        }

        public StagedFile file() {
            return file;
        }

        public OutputStream out() {
            return out;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}

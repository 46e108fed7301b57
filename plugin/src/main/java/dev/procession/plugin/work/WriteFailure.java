package dev.procession.plugin.work;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file that cannot be written: the system says what is wrong ("No space left on device") but not with which file. */
public final class WriteFailure {
    private WriteFailure() {}

    /**
     * Names the file.
     *
     * @param failure what the system says
     * @param target the file as the user knows it, which is not the one that is being written until it is whole
     * @return the same failure if it names a file, else one that does
     */
    public static IOException naming(Path target, IOException failure) {
        if (failure instanceof FileSystemException) {
            return failure;
        }
        return new IOException(
                FileName.shown(target) + " cannot be written: " + failure.getMessage()
                        + "; what was there before is as it was",
                failure);
    }

    /**
     * Names the file, and says what is in the way.
     *
     * @param target the file as the user knows it, which is not the one that is being written until it is whole
     * @param place the directory in which it failed
     * @param failure what the system says
     * @return a failure that names the file
     */
    public static IOException naming(Path target, Path place, FileSystemException failure) {
        return new IOException(
                FileName.shown(target) + " cannot be written: " + obstacle(target, place, failure)
                        + "; what was there before is as it was",
                failure);
    }

    private static String obstacle(Path target, Path place, FileSystemException failure) {
        for (Path above = place; above != null; above = above.getParent()) {
            if (Files.isDirectory(above)) {
                break;
            }
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                return FileName.shown(above) + " is no directory, and one has to be there; remove it";
            }
        }
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return "a directory is in its place; remove it, or choose another name";
        }
        String reason = failure.getReason();
        if (failure instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (reason == null) {
            reason = failure.getClass().getSimpleName();
        }
        return reason + ", in " + FileName.shown(place);
    }

    /**
     * A stream whose failures name the file.
     *
     * @param target the file as the user knows it
     * @param out where the bytes go
     * @return a stream that is as fast as {@code out}
     */
    public static OutputStream naming(Path target, OutputStream out) {
        return new Naming(target, out);
    }

    private static final class Naming extends OutputStream {
        private final Path target;
        private final OutputStream out;

        Naming(Path target, OutputStream out) {
            this.target = target;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            try {
                out.write(b);
            } catch (IOException e) {
                throw naming(target, e);
            }
        }

        @Override
        public void write(byte[] b, int offset, int length) throws IOException {
            try {
                out.write(b, offset, length);
            } catch (IOException e) {
                throw naming(target, e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw naming(target, e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                throw naming(target, e);
            }
        }
    }
}

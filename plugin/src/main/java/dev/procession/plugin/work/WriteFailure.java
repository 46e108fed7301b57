package dev.procession.plugin.work;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
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

package dev.procession.plugin.output;

import dev.procession.plugin.work.FileName;
import dev.procession.pool.PoolTask;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses a file and tells how large it became. Harmless when it runs twice: it writes the same bytes to the same
 * file.
 *
 * <p>Holds only strings: a path is no Serializable, and a file's name must mean the same under the worker's locale.
 */
final class CompressTask implements PoolTask<Long> {
    private static final long serialVersionUID = 1L;
    private static final int BUFFER = 64 * 1024;

    /** That of zlib, of which the servers' are not far. The best one takes half as long again, for a third of a percent. */
    private static final int USUAL_LEVEL = 6;

    /** Header and trailer, in bytes. */
    private static final int GZIP_FRAME = 18;

    private final String source;
    private final @Nullable String target;
    private final Format format;
    private final String nativeLibrary;
    private final String name;

    /**
     * @param source a staged file
     * @param target where to, an empty file; null when only the size is wanted
     * @param nativeLibrary Brotli's, or empty
     * @param shown the file as people know it
     */
    CompressTask(Path source, @Nullable Path target, Format format, @Nullable Path nativeLibrary, String shown) {
        this.source = FileName.portable(source);
        this.target = target == null ? null : FileName.portable(target);
        this.format = format;
        this.nativeLibrary = nativeLibrary == null ? "" : nativeLibrary.toString();
        this.name = "compress " + shown + " by " + format.typed();
    }

    @Override
    public Long call() throws IOException {
        if (target == null && format == Format.GZIP) {
            return sizeOfGzip(FileName.path(source));
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(FileName.path(source)), BUFFER);
                Counting counted = new Counting(
                        target == null
                                ? OutputStream.nullOutputStream()
                                // Not made here: whoever discards what was made could not know of it.
                                : Files.newOutputStream(
                                        FileName.path(target),
                                        StandardOpenOption.WRITE,
                                        StandardOpenOption.TRUNCATE_EXISTING))) {
            try (OutputStream out =
                    format == Format.GZIP ? new SteadyGzip(counted) : BrotliEncoding.open(counted, nativeLibrary)) {
                in.transferTo(out);
            }
            return counted.bytes;
        }
    }

    /** How large it would become by the level that web servers have when they compress for themselves. */
    private static long sizeOfGzip(Path file) throws IOException {
        Deflater deflater = new Deflater(USUAL_LEVEL, true);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            byte[] ignored = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                deflater.setInput(buffer, 0, read);
                while (!deflater.needsInput()) {
                    deflater.deflate(ignored);
                }
            }
            deflater.finish();
            while (!deflater.finished()) {
                deflater.deflate(ignored);
            }
            return deflater.getBytesWritten() + GZIP_FRAME;
        } finally {
            deflater.end();
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** How much went through. */
    private static final class Counting extends OutputStream {
        private final OutputStream target;
        private long bytes;

        Counting(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int b) throws IOException {
            target.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) throws IOException {
            target.write(b, offset, length);
            bytes += length;
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}

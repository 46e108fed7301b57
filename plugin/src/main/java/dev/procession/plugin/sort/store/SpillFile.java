package dev.procession.plugin.sort.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Values in a file of the scratch directory, in chunks. */
final class SpillFile<T> implements AutoCloseable {
    private static final int CHUNK = 1 << 15;

    private final Path file;
    private final Codec<T> codec;
    private final DataOutputStream out;
    private final RecordWriter chunk = new RecordWriter();

    SpillFile(Path file, Codec<T> codec) throws IOException {
        this.file = file;
        this.codec = codec;
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    void add(T value) throws IOException {
        codec.write(chunk, value);
        if (chunk.length() >= CHUNK) {
            flushChunk();
        }
    }

    private void flushChunk() throws IOException {
        if (chunk.length() > 0) {
            out.writeInt(chunk.length());
            out.write(chunk.bytes(), 0, chunk.length());
            chunk.clear();
        }
    }

    /** Ends the writing. */
    @Override
    public void close() throws IOException {
        flushChunk();
        out.close();
    }

    /** The values; after the end of the writing. */
    Cursor<T> values() throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        return new Cursor<>() {
            private RecordReader reader = new RecordReader(new byte[0], 0);

            @Override
            public @Nullable T next() throws IOException {
                while (!reader.hasMore()) {
                    int length;
                    try {
                        length = in.readInt();
                    } catch (EOFException e) {
                        return null;
                    }
                    byte[] bytes = new byte[length];
                    in.readFully(bytes);
                    reader = new RecordReader(bytes, length);
                }
                return codec.read(reader);
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }
}

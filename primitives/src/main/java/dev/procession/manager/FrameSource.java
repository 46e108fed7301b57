package dev.procession.manager;

import dev.procession.channel.Codec;
import dev.procession.internal.wire.SimpleValue;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.StreamCorruptedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Frame} wrote. The other side may have written anything: lengths are checked before memory is taken. */
final class FrameSource {
    static final int MOST_NESTING = 64;

    private final ByteBuffer in;
    private final ObjectInputFilter filter;

    /** Makes a proxy of a reference. */
    interface References {
        Object read(FrameSource in) throws IOException;
    }

    FrameSource(byte[] bytes, ObjectInputFilter filter) {
        this.in = ByteBuffer.wrap(bytes);
        this.filter = filter;
    }

    byte type() throws IOException {
        return part(1).get();
    }

    int number() throws IOException {
        return part(Integer.BYTES).getInt();
    }

    long longNumber() throws IOException {
        return part(Long.BYTES).getLong();
    }

    String text() throws IOException {
        ByteBuffer part = part(length());
        return StandardCharsets.UTF_8.decode(part).toString();
    }

    byte[] bytes() throws IOException {
        byte[] value = new byte[length()];
        part(value.length).get(value);
        return value;
    }

    /** How many values follow; each needs a byte at least. */
    int count() throws IOException {
        int count = number();
        if (count < 0 || count > in.remaining()) {
            throw new StreamCorruptedException("impossible number of values: " + count);
        }
        return count;
    }

    private int length() throws IOException {
        int length = number();
        if (length < 0 || length > in.remaining()) {
            throw new StreamCorruptedException("impossible length: " + length);
        }
        return length;
    }

    private ByteBuffer part(int length) throws IOException {
        try {
            ByteBuffer part = in.slice(in.position(), length);
            in.position(in.position() + length);
            return part;
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new StreamCorruptedException("the message ends too early");
        }
    }

    @Nullable
    Object value(References references) throws IOException, ClassNotFoundException {
        return value(references, 0);
    }

    private @Nullable Object value(References references, int depth) throws IOException, ClassNotFoundException {
        int type = type();
        return switch (type) {
            case Frame.SIMPLE -> SimpleValue.read(part(length()));
            case Frame.OBJECT -> Codec.objects(filter).decode(part(length()));
            case Frame.REFERENCE -> references.read(this);
            case Frame.LIST -> list(references, depth);
            default -> throw new StreamCorruptedException("unknown kind of value: " + type);
        };
    }

    private List<@Nullable Object> list(References references, int depth) throws IOException, ClassNotFoundException {
        if (depth == MOST_NESTING) {
            throw new StreamCorruptedException("lists are nested deeper than " + MOST_NESTING);
        }
        int count = count();
        List<@Nullable Object> list = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            list.add(value(references, depth + 1));
        }
        return list;
    }
}

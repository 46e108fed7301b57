package dev.procession.channel;

import dev.procession.internal.wire.SimpleValue;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;

/** The codecs for one simple type each. As constants of an enum they travel as their names. */
enum BasicCodec implements Codec<Object> {
    BYTES {
        @Override
        public void encode(Object value, ByteSink out) {
            out.put((byte[]) value);
        }

        @Override
        public Object decode(ByteBuffer in) {
            byte[] bytes = new byte[in.remaining()];
            in.get(bytes);
            return bytes;
        }
    },
    STRINGS {
        @Override
        public void encode(Object value, ByteSink out) {
            out.putSimple((String) value);
        }

        @Override
        public Object decode(ByteBuffer in) throws IOException {
            if (SimpleValue.read(in) instanceof String text) {
                return text;
            }
            throw new StreamCorruptedException("no text: it was written with another codec");
        }
    },
    INTEGERS {
        @Override
        public void encode(Object value, ByteSink out) {
            out.putInt((Integer) value);
        }

        @Override
        public Object decode(ByteBuffer in) throws IOException {
            return require(in, Integer.BYTES).getInt();
        }
    },
    LONGS {
        @Override
        public void encode(Object value, ByteSink out) {
            out.putLong((Long) value);
        }

        @Override
        public Object decode(ByteBuffer in) throws IOException {
            return require(in, Long.BYTES).getLong();
        }
    },
    DOUBLES {
        @Override
        public void encode(Object value, ByteSink out) {
            out.putDouble((Double) value);
        }

        @Override
        public Object decode(ByteBuffer in) throws IOException {
            return require(in, Double.BYTES).getDouble();
        }
    },
    FLOATS {
        @Override
        public void encode(Object value, ByteSink out) {
            out.putFloat((Float) value);
        }

        @Override
        public Object decode(ByteBuffer in) throws IOException {
            return require(in, Float.BYTES).getFloat();
        }
    },
    BOOLEANS {
        @Override
        public void encode(Object value, ByteSink out) {
            out.put((byte) ((Boolean) value ? 1 : 0));
        }

        @Override
        public Object decode(ByteBuffer in) throws IOException {
            return require(in, 1).get() != 0;
        }
    },
    CHARACTERS {
        @Override
        public void encode(Object value, ByteSink out) {
            out.putChar((Character) value);
        }

        @Override
        public Object decode(ByteBuffer in) throws IOException {
            return require(in, Character.BYTES).getChar();
        }
    },
    SHORTS {
        @Override
        public void encode(Object value, ByteSink out) {
            out.putShort((Short) value);
        }

        @Override
        public Object decode(ByteBuffer in) throws IOException {
            return require(in, Short.BYTES).getShort();
        }
    },
    SINGLE_BYTES {
        @Override
        public void encode(Object value, ByteSink out) {
            out.put((Byte) value);
        }

        @Override
        public Object decode(ByteBuffer in) throws IOException {
            return require(in, 1).get();
        }
    };

    @SuppressWarnings("unchecked") // each constant casts what it is given, and makes nothing else
    static <T> Codec<T> of(BasicCodec codec) {
        return (Codec<T>) (Codec<?>) codec;
    }

    ByteBuffer require(ByteBuffer in, int bytes) throws IOException {
        if (in.remaining() != bytes) {
            throw new StreamCorruptedException("no " + name() + ": it was written with another codec; bytes="
                    + in.remaining() + " expected=" + bytes);
        }
        return in;
    }
}

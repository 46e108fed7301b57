package dev.procession.internal.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final Recorder recorder = new Recorder();

    @Test
    void read_messageOfManyFrames_isPutTogether() throws IOException {
        byte[] message = new byte[100_000];
        new Random(1).nextBytes(message);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        new FrameWriter(stream, 512).write(FrameType.MESSAGE, message);

        readAll(stream.toByteArray(), 777);

        assertEquals(List.of(FrameType.MESSAGE), recorder.types);
        assertArrayEquals(message, recorder.messages.get(0));
    }

    @Test
    void read_emptyMessage_isAMessage() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        new FrameWriter(stream, 512).write(FrameType.MESSAGE, new byte[0]);

        readAll(stream.toByteArray(), 1);

        assertEquals(1, recorder.messages.size());
        assertEquals(0, recorder.messages.get(0).length);
    }

    @Test
    void read_textBetweenFrames_isRaw() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(stream, 512);
        stream.writeBytes("before".getBytes(StandardCharsets.UTF_8));
        writer.write(FrameType.MESSAGE, new byte[] {1});
        stream.writeBytes("between\n".getBytes(StandardCharsets.UTF_8));
        writer.write(FrameType.EXITING, new byte[] {2});
        stream.writeBytes("after".getBytes(StandardCharsets.UTF_8));

        readAll(stream.toByteArray(), 5);

        assertEquals("beforebetween\nafter", recorder.raw.toString(StandardCharsets.UTF_8));
        assertEquals(List.of(FrameType.MESSAGE, FrameType.EXITING), recorder.types);
    }

    @Test
    void read_bytesThatOnlyBeginLikeAFrame_areRaw() throws IOException {
        // "х" in windows-1251 is F5, the first byte of the magic.
        byte[] text = {'a', (byte) 0xF5, 'b', (byte) 0xF5, 0, 'c', (byte) 0xF5};

        readAll(text, 1);

        assertArrayEquals(text, recorder.raw.toByteArray());
    }

    @Test
    void read_frameCutShort_isDropped() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(stream, 512);
        writer.write(FrameType.MESSAGE, new byte[] {1});
        writer.write(FrameType.MESSAGE, new byte[100]);
        byte[] all = stream.toByteArray();
        byte[] cut = java.util.Arrays.copyOf(all, all.length - 1);

        readAll(cut, 64);

        assertEquals(1, recorder.messages.size());
        assertEquals(0, recorder.raw.size());
    }

    @Test
    void read_unknownType_isRefused() {
        byte[] frame = {(byte) 0xF5, 0, (byte) 0xF6, 1, 99, 1, 0, 0};

        IllegalStateException e = assertThrows(IllegalStateException.class, () -> readAll(frame, 8));

        assertEquals("frame of an unknown type: code=99", e.getMessage());
    }

    @Test
    void read_randomMixInRandomPieces_nothingLost() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            recorder.clear();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            FrameWriter writer = new FrameWriter(stream, 9 + random.nextInt(600));
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            List<byte[]> sent = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                byte[] bytes = new byte[random.nextInt(2000)];
                random.nextBytes(bytes);
                if (random.nextBoolean()) {
                    writer.write(FrameType.MESSAGE, bytes);
                    sent.add(bytes);
                } else {
                    byte[] text = ("text " + i + " їжак\n").getBytes(StandardCharsets.UTF_8);
                    stream.writeBytes(text);
                    raw.writeBytes(text);
                }
            }

            readAll(stream.toByteArray(), 1 + random.nextInt(5000));

            assertEquals(sent.size(), recorder.messages.size(), "seed " + seed);
            for (int i = 0; i < sent.size(); i++) {
                assertArrayEquals(sent.get(i), recorder.messages.get(i), "seed " + seed);
            }
            assertArrayEquals(raw.toByteArray(), recorder.raw.toByteArray(), "seed " + seed);
        }
    }

    private void readAll(byte[] bytes, int pieces) throws IOException {
        InputStream slow = new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, pieces));
            }
        };
        FrameReader reader = new FrameReader(slow, recorder);
        while (reader.read()) {
            // The recorder has it.
        }
    }

    private static final class Recorder implements FrameSink {
        private final List<FrameType> types = new ArrayList<>();
        private final List<byte[]> messages = new ArrayList<>();
        private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

        void clear() {
            types.clear();
            messages.clear();
            raw.reset();
        }

        @Override
        public void message(FrameType type, byte[] message) {
            types.add(type);
            messages.add(message);
        }

        @Override
        public void raw(byte[] source, int offset, int length) {
            raw.write(source, offset, length);
        }
    }
}

package dev.procession.internal.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
    void read_looksLikeAFrameOfUnknownType_isToldBeforeItsPayload() {
        byte[] bytes = {(byte) 0xF5, 0, (byte) 0xF6, 1, 99, 0, (byte) 0xFF, (byte) 0xFF};

        assertThrows(IllegalStateException.class, () -> readAll(bytes, 777));
    }

    /** Frames as large as a page leave together, and no write ends in the midst of one: the kernel keeps pages whole. */
    @Test
    void write_longMessageInFramesOfAPage_everyWriteIsWholeFrames() throws IOException {
        for (int length :
                new int[] {4087, 4088, 4089, 4084 + 4088, 4084 + 4088 + 1, 300_000, 16 * 4088 - 4, 16 * 4088 - 3}) {
            recorder.clear();
            byte[] message = new byte[length];
            new Random(length).nextBytes(message);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            List<Integer> writes = new ArrayList<>();
            OutputStream stream = new OutputStream() {
                @Override
                public void write(int value) {
                    throw new AssertionError("one byte");
                }

                @Override
                public void write(byte[] source, int offset, int count) {
                    writes.add(count);
                    all.write(source, offset, count);
                }
            };
            FrameWriter writer = new FrameWriter(stream, 4096);
            writer.write(FrameType.MESSAGE, new byte[] {7});
            writer.write(FrameType.MESSAGE, message);

            readAll(all.toByteArray(), 4000);

            assertArrayEquals(message, recorder.messages.get(1), "length " + length);
            for (int count : writes) {
                assertTrue(count < 4096 || count % 4096 == 0, count + " bytes in one write, of " + length);
            }
            assertTrue(writes.size() <= 3 + length / (16 * 4088), writes.toString());
        }
    }

    @Test
    void write_twoArrays_areOneMessage() throws IOException {
        byte[] message = new byte[90_000];
        new Random(2).nextBytes(message);
        for (int head : new int[] {0, 1, 503, 504, 505, 3000, 90_000}) {
            recorder.clear();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            byte[] rest = java.util.Arrays.copyOfRange(message, head, message.length);

            new FrameWriter(stream, 512)
                    .write(FrameType.MESSAGE, java.util.Arrays.copyOf(message, head), rest, 0, rest.length);
            readAll(stream.toByteArray(), 700);

            assertEquals(1, recorder.messages.size());
            assertArrayEquals(message, recorder.messages.get(0), "head " + head);
        }
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

package dev.procession.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnTest {
    private static Object[] copy(Object... values) throws IOException, ClassNotFoundException {
        Bytes out = new Bytes(1);
        out.putByte(99);
        Column.write(out, values, 0, values.length);
        ByteBuffer in = ByteBuffer.wrap(out.toArray());
        assertEquals(99, in.get());
        Object[] read = Column.read(in, null);
        assertEquals(0, in.remaining());
        return read;
    }

    @Test
    void write_rowsOfOneKind_areReadEqual() throws Exception {
        List<Object[]> rows = List.of(
                new Object[] {},
                new Object[] {null, null},
                new Object[] {1, Integer.MIN_VALUE, -1},
                new Object[] {1L, Long.MAX_VALUE},
                new Object[] {0.0, -0.0, Double.NaN, Double.MIN_VALUE},
                new Object[] {true, false, true},
                new Object[] {"", "ascii", "\u00ff\u0080", "кирилиця", "lone \udc00", "\0"},
                new Object[] {new byte[0], new byte[] {1, 2}},
                new Object[] {List.of(1), List.of("a")});
        for (Object[] row : rows) {
            assertArrayEquals(row, copy(row));
        }
    }

    @Test
    void write_mixedRow_isReadEqual() throws Exception {
        Object[] row = {1, "a", null, 2L, new byte[] {1}};
        assertArrayEquals(row, copy(row));
    }

    @Test
    void write_partOfAnArray_isThatPart() throws Exception {
        Bytes out = new Bytes(16);
        Column.write(out, new Object[] {1, 2, 3, 4}, 1, 3);
        assertArrayEquals(new Object[] {2, 3}, Column.read(ByteBuffer.wrap(out.toArray()), null));
    }

    @Test
    void write_notSerializable_leavesNothingBehind() {
        Bytes out = new Bytes(16);
        out.putInt(7);
        assertThrows(NotSerializableException.class, () -> Column.write(out, new Object[] {new Object()}, 0, 1));
        assertEquals(4, out.length());
    }

    @Test
    void write_randomRows_areReadEqual() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Object[] row = new Object[random.nextInt(50)];
            int kinds = 1 + random.nextInt(8);
            for (int i = 0; i < row.length; i++) {
                row[i] = switch (random.nextInt(kinds)) {
                    case 0 -> random.nextInt();
                    case 1 -> random.nextLong();
                    case 2 -> random.nextDouble();
                    case 3 -> random.nextBoolean();
                    case 4 -> text(random);
                    case 5 -> null;
                    case 6 -> (short) random.nextInt();
                    default -> new byte[random.nextInt(10)];
                };
            }
            assertArrayEquals(row, copy(row), "seed " + seed);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int limit = random.nextBoolean() ? 0x100 : 0x10000;
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append((char) random.nextInt(limit));
        }
        return text.toString();
    }

    @Test
    void pace_firstItemIsSlow_soonBelievesTheOthers() {
        Pace pace = new Pace();
        assertEquals(1, pace.itemsFor(1_000_000));
        pace.measured(50_000_000, 1);
        for (int i = 0; i < 12; i++) {
            pace.measured(1000, 1);
        }
        assertTrue(pace.expected(1) < 2000, pace.expected(1) + " ns");
        assertTrue(pace.itemsFor(1_000_000) > 500);
        pace.measured(1_000_000_000, 1);
        assertTrue(pace.expected(1) > 1_000_000);
    }
}

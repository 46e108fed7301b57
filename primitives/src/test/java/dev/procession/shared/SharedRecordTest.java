package dev.procession.shared;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.session.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records in one JVM. */
@Timeout(60)
class SharedRecordTest {
    private final Session session = Session.create();

    @AfterEach
    void close() {
        session.close();
    }

    record Point(int x, double y, long z) {}

    record Other(int x, float y) {}

    /** V09 */
    @Test
    @Tag("V09")
    void copy_doesNotFollowLaterChanges() {
        SharedRecord point = SharedRecord.create(session, RecordLayout.of(Point.class));
        point.set(new Point(2, 5.0, 1L << 33));
        Point copy = point.copy(Point.class);
        Map<String, Object> map = point.toMap();
        point.set("x", -1);
        point.field("y", SharedDouble.class).set(0);
        point.field("z", SharedLong.class).incrementAndGet();
        assertEquals(new Point(2, 5.0, 1L << 33), copy);
        assertEquals(Map.of("x", 2, "y", 5.0, "z", 1L << 33), map);
        assertEquals(new Point(-1, 0, (1L << 33) + 1), point.copy(Point.class));
    }

    @Test
    void layout_alignsFieldsAsCDoes() {
        RecordLayout layout = RecordLayout.builder()
                .field("a", byte.class)
                .field("b", double.class)
                .field("c", boolean.class)
                .field("d", short.class)
                .field("e", int.class)
                .array("f", byte.class, 5)
                .field("g", char.class)
                .field("h", float.class)
                .build();
        assertEquals(List.of("a", "b", "c", "d", "e", "f", "g", "h"), layout.names());
        int[] offsets = layout.names().stream().mapToInt(layout::offset).toArray();
        assertArrayEquals(new int[] {0, 8, 16, 18, 20, 24, 30, 32}, offsets);
        assertEquals(40, layout.bytes());
        assertEquals(layout, RecordLayout.parse(layout.text()));
        assertEquals(layout.hashCode(), RecordLayout.parse(layout.text()).hashCode());
        assertThrows(IllegalArgumentException.class, () -> layout.offset("z"));
    }

    @Test
    void layout_ofWhatCannotBe_isRefused() {
        record Text(String text) {}
        RecordLayout.Builder builder = RecordLayout.builder();
        assertThrows(IllegalArgumentException.class, builder::build);
        assertThrows(IllegalArgumentException.class, () -> builder.field("a b", int.class));
        assertThrows(IllegalArgumentException.class, () -> builder.field("", int.class));
        assertThrows(IllegalArgumentException.class, () -> builder.field("a", String.class));
        assertThrows(IllegalArgumentException.class, () -> builder.array("a", int.class, -1));
        builder.field("a", int.class);
        assertThrows(IllegalArgumentException.class, () -> builder.field("a", int.class));
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> RecordLayout.of(Text.class));
        assertTrue(thrown.getMessage().contains("component text"), thrown.getMessage());
        assertThrows(IllegalArgumentException.class, () -> builder.array("big", long.class, Integer.MAX_VALUE));
    }

    @Test
    void fields_ofAllTypes_areHandles() {
        RecordLayout layout = RecordLayout.builder()
                .field("b", byte.class)
                .field("s", short.class)
                .field("c", char.class)
                .field("f", float.class)
                .field("flag", boolean.class)
                .array("bytes", byte.class, 3)
                .array("shorts", short.class, 3)
                .array("chars", char.class, 3)
                .array("ints", int.class, 3)
                .array("longs", long.class, 3)
                .array("floats", float.class, 3)
                .array("doubles", double.class, 3)
                .array("flags", boolean.class, 3)
                .build();
        SharedRecord record = SharedRecord.create(session, layout);
        record.field("b", SharedByte.class).set((byte) -1);
        record.field("s", SharedShort.class).set((short) -2);
        record.field("c", SharedChar.class).set('x');
        record.field("f", SharedFloat.class).set(0.5f);
        record.field("flag", SharedBoolean.class).set(true);
        record.set("bytes", new byte[] {1, 2, 3});
        record.set("shorts", new short[] {1, 2});
        record.field("chars", SharedCharArray.class).fill('y');
        record.field("ints", SharedIntArray.class).fill(7);
        record.field("longs", SharedLongArray.class).fill(8);
        record.field("floats", SharedFloatArray.class).fill(9);
        record.field("doubles", SharedDoubleArray.class).fill(10);
        record.field("flags", SharedBooleanArray.class).set(1, true);
        assertEquals((byte) -1, record.get("b"));
        assertEquals((short) -2, record.get("s"));
        assertEquals('x', record.get("c"));
        assertEquals(0.5f, record.get("f"));
        assertEquals(true, record.get("flag"));
        assertArrayEquals(new byte[] {1, 2, 3}, (byte[]) record.get("bytes"));
        assertArrayEquals(new short[] {1, 2, 0}, (short[]) record.get("shorts"));
        assertArrayEquals(new char[] {'y', 'y', 'y'}, (char[]) record.get("chars"));
        assertArrayEquals(new int[] {7, 7, 7}, (int[]) record.get("ints"));
        assertArrayEquals(new long[] {8, 8, 8}, (long[]) record.get("longs"));
        assertArrayEquals(new float[] {9, 9, 9}, (float[]) record.get("floats"));
        assertArrayEquals(new double[] {10, 10, 10}, (double[]) record.get("doubles"));
        assertArrayEquals(new boolean[] {false, true, false}, (boolean[]) record.get("flags"));

        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> record.field("b", SharedInt.class));
        assertEquals("field b:byte is not a SharedInt", wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> record.set("b", 1));
        assertThrows(IllegalArgumentException.class, () -> record.set("bytes", new byte[4]));
        assertThrows(IllegalArgumentException.class, () -> record.get("none"));
    }

    @Test
    void names_leadToRecordsWithTheirLayout() {
        RecordLayout layout = RecordLayout.of(Point.class);
        SharedRecordArray points = SharedRecordArray.create(session, "points", layout, 5);
        for (int i = 0; i < 5; i++) {
            points.get(i).set(new Point(i, i / 2.0, -i));
        }
        SharedRecordArray again = SharedRecordArray.attach(session, "points");
        assertEquals(5, again.length());
        assertEquals(layout, again.layout());
        assertEquals(new Point(4, 2, -4), again.slice(2, 5).get(2).copy(Point.class));
        assertEquals(new Point(0, 0, 0), SharedRecord.attach(session, "points").copy(Point.class));
        assertThrows(IndexOutOfBoundsException.class, () -> again.get(5));
        assertThrows(IndexOutOfBoundsException.class, () -> again.slice(2, 6));
        RecordLayout other = RecordLayout.of(Other.class);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> SharedRecordArray.open(session, "points", other, 5));
        assertTrue(refused.getMessage().contains("x:int,y:double,z:long"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> points.get(0).copy(Other.class));
        assertThrows(IllegalArgumentException.class, () -> points.get(0).set(new Other(1, 2)));
        SharedRecord one = SharedRecord.open(session, "one", other);
        one.set(new Other(3, 4));
        assertEquals(new Other(3, 4), SharedRecord.open(session, "one", other).copy(Other.class));
        points.close();
        assertThrows(IllegalStateException.class, () -> points.get(0));
    }
}

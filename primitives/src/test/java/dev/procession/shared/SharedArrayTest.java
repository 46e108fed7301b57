package dev.procession.shared;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.session.Session;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Arrays and bytes in one JVM. */
@Timeout(60)
class SharedArrayTest {
    private static final int[] NUMBERS = {680, 626, 934, 821, 150, 233, 548, 982, 714, 831};

    private final Session session = Session.create();

    @AfterEach
    void close() {
        session.close();
    }

    /** V04, V05 */
    @Test
    @Tag("V04")
    @Tag("V05")
    void array_ofInts_isReadAndSliced() {
        SharedIntArray array = SharedIntArray.of(session, NUMBERS);
        assertEquals(10, array.length());
        assertEquals(821, array.get(3));
        assertArrayEquals(new int[] {934, 821, 150, 233, 548}, array.slice(2, 7).toArray());
        array.slice(4, 8).copyFrom(0, new int[] {1, 2, 3, 4}, 0, 4);
        assertArrayEquals(new int[] {680, 626, 934, 821, 1, 2, 3, 4, 714, 831}, array.toArray());
        assertEquals(10, array.slice(4, 8).stream().sum());
        assertEquals(3, array.slice(4, 8).slice(1, 3).get(1));
        int[] some = new int[6];
        array.copyTo(2, some, 1, 4);
        assertArrayEquals(new int[] {0, 934, 821, 1, 2, 0}, some);
    }

    /** V06 */
    @Test
    @Tag("V06")
    void create_whereMemoryWasUsed_isZeros() {
        for (int round = 0; round < 3; round++) {
            try (SharedIntArray array = SharedIntArray.create(session, 10)) {
                assertArrayEquals(new int[10], array.toArray());
                for (int i = 0; i < 10; i++) {
                    array.set(i, i + 1);
                }
            }
        }
    }

    /** V12 */
    @Test
    @Tag("V12")
    void index_outOfBounds_isNamed() {
        SharedIntArray array = SharedIntArray.create(session, 3);
        IndexOutOfBoundsException thrown = assertThrows(IndexOutOfBoundsException.class, () -> array.get(3));
        assertEquals("Index 3 out of bounds for length 3", thrown.getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> array.set(-1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> array.slice(1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> array.slice(1, 2).get(1));
        assertThrows(IndexOutOfBoundsException.class, () -> array.at(3));
        assertThrows(IndexOutOfBoundsException.class, () -> array.fill(2, 1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> array.copyFrom(2, new int[2], 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> array.copyTo(0, new int[2], 0, 3));
        SharedBooleanArray flags = SharedBooleanArray.create(session, 3);
        assertThrows(IndexOutOfBoundsException.class, () -> flags.copyTo(0, new boolean[2], 0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> flags.copyFrom(1, new boolean[3], 0, 3));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> array.copyTo(Integer.MAX_VALUE, new int[2], 0, Integer.MAX_VALUE));
    }

    @Test
    void create_withAnImpossibleLength_isRefused() {
        IllegalArgumentException negative =
                assertThrows(IllegalArgumentException.class, () -> SharedIntArray.create(session, -1));
        assertEquals("length must not be negative: length=-1", negative.getMessage());
        IllegalArgumentException large =
                assertThrows(IllegalArgumentException.class, () -> SharedLongArray.create(session, Integer.MAX_VALUE));
        assertTrue(large.getMessage().contains("2 GiB"), large.getMessage());
        try (SharedIntArray none = SharedIntArray.create(session, "none", 0)) {
            assertEquals(0, none.length());
            assertArrayEquals(new int[0], none.toArray());
            assertEquals(0, none.asIntBuffer().remaining());
        }
        IllegalArgumentException other =
                assertThrows(IllegalArgumentException.class, () -> SharedIntArray.open(session, "none", 5));
        assertEquals("\"none\" is there as int[0], not as int[5]", other.getMessage());
        assertThrows(IllegalArgumentException.class, () -> SharedBytes.attach(session, "none"));
        assertThrows(IllegalArgumentException.class, () -> SharedLongArray.attach(session, "none"));
    }

    @Test
    void everyType_hasEveryMode() {
        SharedBytes bytes = SharedBytes.of(session, (byte) -1, (byte) -2, (byte) -3, (byte) -4, (byte) -5);
        bytes.set(1, (byte) 100);
        bytes.setRelease(3, (byte) 101);
        bytes.setOpaque(4, (byte) 102);
        assertArrayEquals(new byte[] {-1, 100, -3, 101, 102}, bytes.toArray());
        assertEquals(-3, bytes.get(2));
        assertEquals(-3, bytes.getAcquire(2));
        assertEquals(-3, bytes.getAndSet(2, (byte) 7));
        assertEquals(7, bytes.getAndAdd(2, (byte) -8));
        assertEquals(-1, bytes.compareAndExchange(2, (byte) 5, (byte) 6));
        assertTrue(bytes.compareAndSet(2, (byte) -1, (byte) 6));
        assertArrayEquals(new byte[] {-1, 100, 6, 101, 102}, bytes.toArray());

        SharedShortArray shorts = SharedShortArray.of(session, (short) -1, (short) 2, (short) -3);
        assertEquals(-1, shorts.getAndAdd(0, (short) -1));
        assertTrue(shorts.compareAndSet(2, (short) -3, Short.MIN_VALUE));
        shorts.set(1, (short) 1234);
        assertArrayEquals(new short[] {-2, 1234, Short.MIN_VALUE}, shorts.toArray());
        assertEquals(Short.MIN_VALUE, shorts.getOpaque(2));
        assertEquals(-2, shorts.getPlain(0));

        SharedCharArray chars = SharedCharArray.of(session, '\uffff', 'b', 'c');
        assertEquals('\uffff', chars.getAndSet(0, 'a'));
        assertEquals("abc", new String(chars.toArray()));
        assertEquals('b', chars.asCharBuffer().get(1));

        SharedLongArray longs = SharedLongArray.create(session, 3);
        longs.fill(1, 3, -5);
        assertEquals(-10, longs.stream().sum());
        assertEquals(-5, longs.getAndAdd(1, 1));
        assertEquals(-4, longs.getAcquire(1));

        SharedFloatArray floats = SharedFloatArray.create(session, 2);
        floats.set(1, 1.5f);
        assertEquals(1.5f, floats.getAndAdd(1, 1f));
        assertTrue(floats.compareAndSet(1, 2.5f, Float.NaN));
        assertTrue(Float.isNaN(floats.getPlain(1)));

        SharedDoubleArray doubles = SharedDoubleArray.create(session, 4);
        doubles.fill(0.25);
        assertEquals(1.0, doubles.stream().sum());
        assertEquals(0.25, doubles.at(2).getAndUpdate(v -> v * 2));
        assertEquals(0.5, doubles.get(2));

        SharedBooleanArray flags = SharedBooleanArray.create(session, 5);
        flags.set(1, true);
        flags.setPlain(3, true);
        assertTrue(flags.compareAndSet(4, false, true));
        assertArrayEquals(new boolean[] {false, true, false, true, true}, flags.toArray());
        flags.copyFrom(0, new boolean[] {true, false}, 0, 2);
        assertTrue(flags.get(0));
        assertFalse(flags.getAcquire(1));
    }

    /** Each thread has every fourth element: their neighbours lie in the same int. */
    @Test
    void packedElements_ofNeighbours_areNotDisturbed() throws Exception {
        SharedBytes bytes = SharedBytes.create(session, 64);
        SharedShortArray shorts = SharedShortArray.create(session, 64);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int own = t;
            all.add(threads.submit(() -> {
                for (int n = 1; n <= 200_000; n++) {
                    int i = own + n % 16 * 4;
                    if (own % 2 == 0) {
                        bytes.set(i, (byte) n);
                        assertEquals((byte) n, bytes.get(i));
                        shorts.setRelease(i, (short) n);
                        assertEquals((short) n, shorts.getAcquire(i));
                    } else {
                        byte before = bytes.get(i);
                        assertTrue(bytes.compareAndSet(i, before, (byte) n));
                        assertEquals((byte) n, bytes.getAndAdd(i, (byte) 5));
                        shorts.getAndAdd(i, (short) 1);
                    }
                }
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        assertEquals(12_500, shorts.get(1));
    }

    @Test
    void elements_areHandles() {
        SharedIntArray array = SharedIntArray.of(session, NUMBERS);
        SharedInt third = array.at(3);
        assertEquals(822, third.incrementAndGet());
        assertEquals(822, array.get(3));
        third.close();
        assertEquals(822, third.get());
        array.close();
        assertTrue(third.isClosed());
        assertThrows(IllegalStateException.class, third::get);
        assertThrows(IllegalStateException.class, () -> array.get(0));
        assertThrows(IllegalStateException.class, array::toArray);
        assertThrows(IllegalStateException.class, array::asIntBuffer);
    }

    @Test
    void bytes_holdValuesOfAllTypesAtAnyOffset() {
        SharedBytes bytes = SharedBytes.create(session, 33);
        bytes.setInt(1, 0x01020304);
        bytes.setDouble(5, -4.25);
        bytes.setShort(13, (short) -2);
        bytes.setChar(15, '\u0457');
        bytes.setLong(17, Long.MIN_VALUE);
        bytes.setFloat(29, 1.5f);
        assertEquals(0x01020304, bytes.getInt(1));
        assertEquals(-4.25, bytes.getDouble(5));
        assertEquals(-2, bytes.getShort(13));
        assertEquals('\u0457', bytes.getChar(15));
        assertEquals(Long.MIN_VALUE, bytes.getLong(17));
        assertEquals(1.5f, bytes.getFloat(29));
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.getFloat(30));
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.setLong(-1, 0));
        ByteBuffer buffer = bytes.asByteBuffer();
        assertEquals(ByteOrder.nativeOrder(), buffer.order());
        assertEquals(33, buffer.capacity());
        assertEquals(0x01020304, buffer.getInt(1));
        buffer.putLong(8, 41);
        assertEquals(42, bytes.longAt(8).incrementAndGet());
        IllegalArgumentException odd = assertThrows(IllegalArgumentException.class, () -> bytes.longAt(12));
        assertTrue(odd.getMessage().contains("offset=12"), odd.getMessage());
        bytes.at(32).set((byte) 9);
        assertTrue(bytes.at(32).compareAndSet((byte) 9, (byte) 10));
        assertEquals(10, buffer.get(32));
    }

    @Test
    void buffer_outlivesItsHandle() throws Exception {
        SharedIntArray array = SharedIntArray.of(session, NUMBERS);
        IntBuffer buffer = array.asIntBuffer();
        assertEquals(10, buffer.capacity());
        assertEquals(821, buffer.get(3));
        buffer.put(3, 1);
        assertEquals(1, array.get(3));
        IntBuffer derived = array.slice(2, 7).asIntBuffer().slice(1, 2);
        assertEquals(1, derived.get(0));
        array.close();
        buffer = null;
        int before = session.usage().objects();
        for (int i = 0; i < 100; i++) {
            System.gc();
            Thread.sleep(10);
            try (SharedIntArray other = SharedIntArray.create(session, 10)) {
                other.fill(-1);
            }
        }
        assertEquals(1, derived.get(0));
        derived = null;
        while (session.usage().objects() >= before) {
            System.gc();
            Thread.sleep(10);
        }
    }
}

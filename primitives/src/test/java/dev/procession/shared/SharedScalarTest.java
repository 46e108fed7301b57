package dev.procession.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import dev.procession.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Variables in one JVM. */
@Timeout(60)
class SharedScalarTest {
    private final Session session = Session.create();

    @AfterEach
    void close() {
        session.close();
    }

    /** V02: without a lock is the only kind there is; {@link LockedTest} adds one. */
    @Test
    @Tag("V02")
    void eachType_holdsItsValues() {
        SharedByte b = SharedByte.create(session, (byte) 'x');
        assertEquals('x', b.get());
        b.set(Byte.MIN_VALUE);
        assertEquals(Byte.MIN_VALUE, b.get());
        SharedShort s = SharedShort.create(session, (short) -232);
        assertEquals(-232, s.get());
        s.set((short) 234);
        assertEquals(234, s.getAcquire());
        SharedChar c = SharedChar.create(session, '\u0457');
        assertEquals('\u0457', c.get());
        c.setRelease('\uffff');
        assertEquals('\uffff', c.getOpaque());
        SharedInt i = SharedInt.create(session, 4343);
        i.setPlain(24234);
        assertEquals(24234, i.getPlain());
        SharedLong l = SharedLong.create(session, 1L << 33);
        assertEquals(1L << 33, l.getAndSet(1L << 34));
        assertEquals(1L << 34, l.get());
        SharedFloat f = SharedFloat.create(session, 3.625f);
        f.setOpaque(-4.25f);
        assertEquals(-4.25f, f.get());
        SharedDouble d = SharedDouble.create(session, 3.625);
        assertEquals(3.625, d.getAndAdd(-7.875));
        assertEquals(-4.25, d.get());
        SharedBoolean flag = SharedBoolean.create(session, true);
        assertTrue(flag.get());
        assertTrue(flag.getAndSet(false));
        assertTrue(flag.compareAndSet(false, true));
        assertFalse(flag.compareAndSet(false, true));
        assertTrue(flag.compareAndExchange(true, false));
        assertFalse(flag.getPlain());
    }

    /** V12 */
    @Test
    @Tag("V12")
    void getAndAdd_beyondTheLargest_wraps() {
        SharedInt i = SharedInt.create(session, Integer.MAX_VALUE);
        assertEquals(Integer.MIN_VALUE, i.incrementAndGet());
        assertEquals(Integer.MIN_VALUE, i.getAndDecrement());
        assertEquals(Integer.MAX_VALUE, i.get());
        SharedByte b = SharedByte.create(session, Byte.MAX_VALUE);
        assertEquals(Byte.MIN_VALUE, b.incrementAndGet());
        assertEquals(Byte.MAX_VALUE, b.addAndGet((byte) -1));
        SharedShort s = SharedShort.create(session, Short.MIN_VALUE);
        assertEquals(Short.MAX_VALUE, s.decrementAndGet());
        assertEquals(Long.MIN_VALUE, SharedLong.create(session, Long.MAX_VALUE).incrementAndGet());
    }

    @Test
    void update_returnsBeforeOrAfter() {
        SharedInt i = SharedInt.create(session, 5);
        assertEquals(5, i.getAndUpdate(v -> v * 2));
        assertEquals(11, i.updateAndGet(v -> v + 1));
        assertEquals(11, i.getAndAccumulate(4, Math::min));
        assertEquals(12, i.accumulateAndGet(3, (value, with) -> value * with));
        SharedShort s = SharedShort.create(session, (short) -5);
        assertEquals(-6, s.updateAndGet(v -> v - 1));
        SharedFloat f = SharedFloat.create(session, 1.5f);
        assertEquals(3f, f.accumulateAndGet(2, (value, with) -> value * with));
        assertEquals(4f, f.incrementAndGet());
        assertEquals(7, SharedInt.create(session, 7).compareAndExchange(8, 9));
        assertEquals(-7, SharedByte.create(session, (byte) -7).compareAndExchange((byte) -7, (byte) 1));
    }

    @Test
    void floatCompareAndSet_comparesBits() {
        SharedDouble d = SharedDouble.create(session, Double.NaN);
        assertTrue(d.compareAndSet(Double.NaN, -0.0));
        assertFalse(d.compareAndSet(0.0, 1));
        assertTrue(d.compareAndSet(-0.0, 1));
        SharedFloat f = SharedFloat.create(session, Float.NaN);
        assertTrue(f.compareAndSet(Float.NaN, 1));
    }

    @Test
    void getAndAdd_byThreads_losesNothing() throws Exception {
        SharedInt i = SharedInt.create(session, 0);
        SharedByte b = SharedByte.create(session, (byte) 0);
        SharedDouble d = SharedDouble.create(session, 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            all.add(threads.submit(() -> {
                for (int n = 0; n < 50_000; n++) {
                    i.incrementAndGet();
                    b.getAndAdd((byte) 3);
                    d.addAndGet(0.5);
                }
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        assertEquals(200_000, i.get());
        assertEquals((byte) 600_000, b.get());
        assertEquals(100_000.0, d.get());
    }

    @Test
    void names_leadToOneVariable() {
        SharedInt made = SharedInt.create(session, "hits", 7);
        assertEquals("hits", made.name());
        assertThrows(NameInUseException.class, () -> SharedInt.create(session, "hits", 8));
        SharedInt opened = SharedInt.open(session, "hits", 9);
        assertEquals(7, opened.get());
        opened.set(10);
        assertEquals(10, SharedInt.attach(session, "hits").get());
        IllegalArgumentException other =
                assertThrows(IllegalArgumentException.class, () -> SharedLong.open(session, "hits", 1));
        assertEquals("\"hits\" is there as int, not as long", other.getMessage());
        assertThrows(IllegalArgumentException.class, () -> SharedFloat.attach(session, "hits"));
        assertThrows(IllegalArgumentException.class, () -> SharedIntArray.attach(session, "hits"));
        assertThrows(ObjectGoneException.class, () -> SharedInt.attach(session, "misses"));
        assertEquals("int hits = 10", made.toString());
    }

    @Test
    void use_afterClose_isRefused() {
        SharedInt one = SharedInt.create(session, "one", 1);
        SharedInt two = SharedInt.attach(session, "one");
        one.close();
        one.close();
        assertTrue(one.isClosed());
        assertEquals("int one (closed)", one.toString());
        IllegalStateException refused = assertThrows(IllegalStateException.class, one::get);
        assertTrue(refused.getMessage().contains("shared int \"one\" was closed"), refused.getMessage());
        assertThrows(IllegalStateException.class, () -> one.set(2));
        assertThrows(IllegalStateException.class, () -> one.incrementAndGet());
        assertEquals(1, two.get());
        session.close();
        assertThrows(IllegalStateException.class, two::get);
        assertTrue(two.isClosed());
    }
}

package dev.procession.shared;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.ObjectGoneException;
import dev.procession.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists in one JVM. */
@Timeout(60)
class SharedListTest {
    private final Session session = Session.create();

    @AfterEach
    void close() {
        session.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** SH08 */
    @Test
    @Tag("SH08")
    void list_ofAllTypes_isReadAndSet() {
        SharedList list = SharedList.of(session, "howdy", bytes("HoWdY"), -273.154, 100, null, true, 42);
        assertEquals(7, list.size());
        assertEquals("howdy", list.get(0));
        assertArrayEquals(bytes("HoWdY"), (byte[]) list.get(1));
        assertEquals(-273.154, list.get(2));
        assertEquals(100L, list.get(3));
        assertNull(list.get(4));
        assertEquals(true, list.get(5));
        assertEquals(42L, list.get(6));
        assertThrows(IndexOutOfBoundsException.class, () -> list.get(7));
        assertThrows(IndexOutOfBoundsException.class, () -> list.set(7, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> list.get(-1)); // as every list in Java
        assertEquals(1, list.indexOf(bytes("HoWdY")));
        assertEquals(3, list.indexOf(100));
        assertEquals(3, list.indexOf(100L));
        assertEquals(4, list.indexOf(null));
        assertEquals(-1, list.indexOf("100"));
        assertEquals(0, list.count("adios"));
        list.set(3, 42);
        assertEquals(2, list.count(42));
        assertEquals(3, list.indexOf(42));

        list.set(4, "some");
        list.set(0, -0.0);
        list.set(2, null);
        list.set(5, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertEquals("some", list.get(4));
        assertEquals(-0.0, list.get(0));
        assertNull(list.get(2));
        list.set(0, "encoded8");
        assertEquals("encoded8", list.get(0));
        IllegalArgumentException longer =
                assertThrows(IllegalArgumentException.class, () -> list.set(0, "exceeding available storage"));
        assertTrue(longer.getMessage().contains("27 bytes"), longer.getMessage());
        assertTrue(longer.getMessage().contains("made for 8: index=0"), longer.getMessage());
        assertEquals("encoded8", list.get(0));
        assertThrows(IllegalArgumentException.class, () -> list.set(0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> SharedList.of(session, 'c'));

        Iterator<Object> values = list.iterator();
        List<Object> seen = new ArrayList<>();
        values.forEachRemaining(seen::add);
        assertEquals(7, seen.size());
        assertEquals(42L, seen.get(6));
        assertThrows(NoSuchElementException.class, values::next);
    }

    /** SH10 */
    @Test
    @Tag("SH10")
    void copy_isIndependent_andSecondHandleIsNot() {
        SharedList list = SharedList.create(session, "values", List.of(5, 10, 15, "x"));
        SharedList copy = SharedList.of(session, list.toList().toArray());
        SharedList again = SharedList.attach(session, "values");
        list.set(1, 880);
        assertEquals(10L, copy.get(1));
        assertEquals(880L, again.get(1));
        assertEquals("list \"values\" [5, 880, 15, x]", again.toString());
        SharedList none = SharedList.of(session);
        assertEquals(0, none.size());
        assertFalse(none.iterator().hasNext());
        assertEquals(-1, none.indexOf(1));
        assertThrows(ObjectGoneException.class, () -> SharedList.attach(session, "other"));
        list.close();
        assertThrows(IllegalStateException.class, () -> list.get(0));
        assertThrows(IllegalStateException.class, () -> list.set(0, 1));
        assertTrue(list.isClosed());
        assertFalse(again.isClosed());
    }

    /** A reader sees one of the values that were set, never a mixture. */
    @Test
    void get_whileOthersSet_isWhole() throws Exception {
        SharedList list = SharedList.of(session, "0".repeat(200));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<?>> writers = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            int own = t;
            writers.add(threads.submit(() -> {
                for (int n = 0; !done.get(); n++) {
                    list.set(0, Integer.toString((n + own) % 10).repeat(n % 200 + 1));
                }
            }));
        }
        String before = "";
        for (int changes = 0; changes < 20_000; ) {
            String now = (String) list.get(0);
            assertTrue(now.chars().allMatch(c -> c == now.charAt(0)), now);
            changes += now.equals(before) ? 0 : 1;
            before = now;
        }
        done.set(true);
        for (Future<?> one : writers) {
            one.get();
        }
        threads.shutdown();
    }
}

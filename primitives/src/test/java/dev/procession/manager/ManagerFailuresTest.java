package dev.procession.manager;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.EncodingException;
import dev.procession.channel.ConnectionOptions;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One call that goes wrong, in whatever way, is one call. */
@Timeout(60)
class ManagerFailuresTest {
    private ProcessManager served;
    private ProcessManager manager;

    @BeforeEach
    void connect() throws Exception {
        ConnectionOptions small = ConnectionOptions.standard().maxMessage(100_000);
        served = ProcessManager.serve(ManagerOptions.standard().connection(small));
        manager = ProcessManager.connect(
                served.address(), ManagerOptions.standard().connection(small));
    }

    @AfterEach
    void close() {
        manager.close();
        served.close();
    }

    /** What cannot be made of its bytes: with an error, as where a class is missing. */
    private static final class Missing implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            throw new NoClassDefFoundError("a class that is not here");
        }
    }

    private static final class TooLarge implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            throw new OutOfMemoryError("made up");
        }
    }

    /** What can be made of bytes, and no bytes of it any more. */
    private static final class OneWay implements Serializable {
        private static final long serialVersionUID = 1L;

        private transient boolean arrived;

        private void writeObject(ObjectOutputStream out) throws IOException {
            if (arrived) {
                throw new NotSerializableException("only once");
            }
            out.defaultWriteObject();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            arrived = true;
        }
    }

    @Test
    void call_errorWhileItsArgumentsAreMade_failsThatCallAlone() {
        ManagedMap<String, Object> map = manager.map();
        for (Object bad : List.of(new Missing(), new TooLarge())) {
            Error e = assertThrows(Error.class, () -> map.put("bad", bad));
            assertTrue(e instanceof NoClassDefFoundError || e instanceof OutOfMemoryError, e.toString());
            assertDoesNotThrow(() -> map.put("good", 1));
        }
        assertThrows(
                OutOfMemoryError.class,
                () -> map.compute("bad", (key, old) -> {
                    throw new OutOfMemoryError("made up");
                }));
        assertEquals(Map.of("good", 1), map.copy());
    }

    @Test
    void take_itemCannotBeSent_staysInTheQueue() throws Exception {
        ManagedQueue<Object> queue = manager.queue();
        queue.put(new OneWay());
        assertThrows(EncodingException.class, queue::take);
        assertEquals(1, queue.size());
        queue.clear();
        queue.put("next");
        assertEquals("next", queue.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void drainTo_null_nothingIsTaken() throws Exception {
        ManagedQueue<Object> queue = manager.queue();
        queue.put("kept");
        assertThrows(NullPointerException.class, () -> queue.drainTo(null));
        assertEquals("kept", queue.poll());
    }

    @Test
    void drainTo_moreThanAMessageHolds_itemsStayInOrder() throws Exception {
        ManagedQueue<byte[]> queue = manager.queue();
        for (byte i = 0; i < 3; i++) {
            byte[] item = new byte[60_000];
            item[0] = i;
            queue.put(item);
        }
        List<byte[]> drained = new ArrayList<>();
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> queue.drainTo(drained));
        assertTrue(e.getMessage().contains("maxMessage=100000"), e.getMessage());
        assertEquals(List.of(), drained);
        for (byte i = 0; i < 3; i++) {
            assertEquals(i, queue.take()[0]);
        }
        assertNull(queue.poll());
    }

    @Test
    void put_listThatIsInItself_saysSo() {
        ManagedMap<String, Object> map = manager.map();
        List<Object> list = new ArrayList<>();
        list.add(list);
        EncodingException e = assertThrows(EncodingException.class, () -> map.put("list", list));
        assertEquals(
                "lists are nested deeper than 64, or one is in itself: give the manager lists of its own",
                e.getMessage());
        map.put("self", map);
        assertEquals(map, map.get("self"));
    }

    private static final class Row implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused")
        private int value;
    }

    private record Fixed(int value) implements Serializable {}

    /** X43 */
    @Test
    void put_valueThatComesOutAsACopy_isRefusedWhereThatWasAskedFor() throws Exception {
        try (ProcessManager strict =
                ProcessManager.serve(ManagerOptions.standard().refuseCopies())) {
            ManagedMap<String, Object> map = strict.map();
            for (Object bad : new Object[] {
                new int[1],
                new String[1],
                new Row(),
                new BitSet(),
                new ArrayList<>() {
                    private static final long serialVersionUID = 1L;
                }
            }) {
                IllegalArgumentException e =
                        assertThrows(IllegalArgumentException.class, () -> map.put("bad", bad), bad::toString);
                assertTrue(
                        e.getMessage()
                                .startsWith("a value of " + bad.getClass().getTypeName()
                                        + " would come out as a copy, and changes of it would be lost"),
                        e.getMessage());
            }
            for (Object good : List.of("text", 1, new Fixed(1), Thread.State.NEW, List.of(1), new ArrayList<>())) {
                assertDoesNotThrow(() -> map.put("good", good));
            }
            assertThrows(IllegalArgumentException.class, () -> strict.list(List.of(new int[1])));
            ManagedQueue<Object> queue = strict.queue();
            queue.put(new int[1]); // it is handed over
            assertEquals(1, map.size());
        }
    }
}

package dev.procession.shared;

import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.HandleForm;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.session.Session;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list of a fixed length of different values: null, booleans, whole numbers (which come out as {@code Long}), floating
 * point numbers ({@code Double}), strings and byte arrays. A value can be replaced by another one, of another type too, that
 * needs no more room: every slot has eight bytes, or those of the value that it was made with, rounded up to a multiple of
 * eight.
 *
 * <p>A reader never waits and never sees half a value. Writers exclude each other. A process that dies while it sets a value
 * leaves the old one or the new one.
 *
 * <p>It is no {@code java.util.List}: that would find byte arrays by identity. {@link #toList} makes one.
 */
@SuppressWarnings("NullAway") // null is a value here; to say so in a signature would ask users for the annotations
public final class SharedList extends Handle implements Iterable<Object> {
    private static final long serialVersionUID = 1L;

    private final transient Attachment<ListCore> attachment;
    private final transient ListCore core;
    private final transient Memory memory;

    private SharedList(Attachment<ListCore> attachment) {
        this.attachment = attachment;
        this.core = attachment.core();
        Block block = attachment.block();
        this.memory = block.memory().part(block.offset(), block.size());
        attachment.belongsTo(memory.anchor()); // see BlockRegion
    }

    /**
     * Creates an anonymous list.
     *
     * @throws IllegalArgumentException if a value is of another type
     */
    public static SharedList of(Session session, Object... values) {
        return made(session, null, encoded(Arrays.asList(values)));
    }

    /**
     * Creates a named list, which must be new.
     *
     * @throws IllegalArgumentException if a value is of another type
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedList create(Session session, String name, List<?> values) {
        return made(session, Objects.requireNonNull(name), encoded(values));
    }

    private static List<ListValue> encoded(List<?> values) {
        List<ListValue> all = new ArrayList<>();
        for (Object value : values) {
            all.add(ListValue.of(value));
        }
        return all;
    }

    private static SharedList made(Session session, @Nullable String name, List<ListValue> values) {
        Participant participant = SessionAccess.of(session);
        return new SharedList(participant.create(
                ObjectType.LIST,
                name,
                ListCore.length(participant, values),
                block -> ListCore.fill(participant, block.memory().part(block.offset(), block.size()), values),
                ListCore::new));
    }

    /**
     * Attaches to the list of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is no list
     */
    public static SharedList attach(Session session, String name) {
        return new SharedList(SessionAccess.of(session).attach(ObjectType.LIST, name, ListCore::new));
    }

    /** {@return the number of values} */
    public int size() {
        return core.count();
    }

    /**
     * A value; of a byte array a copy.
     *
     * @return may be null
     * @throws IndexOutOfBoundsException if there is no such index; the last value is at {@code size() - 1}
     */
    public Object get(int index) {
        return value(index).value();
    }

    private ListValue value(int index) {
        attachment.requireOpen();
        return core.get(memory, Objects.checkIndex(index, size()));
    }

    /**
     * Replaces a value.
     *
     * @param value may be null
     * @throws IllegalArgumentException if it needs more room than its slot has, or is of a type that a list does not hold;
     *     the old value is there
     * @throws IndexOutOfBoundsException if there is no such index
     */
    public void set(int index, Object value) {
        attachment.requireOpen();
        core.set(memory, Objects.checkIndex(index, size()), ListValue.of(value));
    }

    /**
     * The first index of a value; byte arrays are compared by what is in them.
     *
     * @return -1 if it is not there
     */
    public int indexOf(Object value) {
        ListValue wanted = ListValue.of(value);
        for (int i = 0; i < size(); i++) {
            if (value(i).isSame(wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** {@return how often a value is there} */
    public int count(Object value) {
        ListValue wanted = ListValue.of(value);
        int found = 0;
        for (int i = 0; i < size(); i++) {
            if (value(i).isSame(wanted)) {
                found++;
            }
        }
        return found;
    }

    /** {@return a copy, which does not follow later changes} */
    public List<Object> toList() {
        List<Object> copy = new ArrayList<>(size());
        forEach(copy::add);
        return copy;
    }

    /** {@return the values, each as it is when it is asked for} */
    @Override
    public Iterator<Object> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("after the last of " + size() + " values");
                }
                return get(next++);
            }
        };
    }

    @Override
    public String name() {
        return attachment.name();
    }

    @Override
    public boolean isClosed() {
        return attachment.isClosed();
    }

    @Override
    public void close() {
        attachment.close();
    }

    @Override
    Participant participant() {
        return attachment.participant();
    }

    @Override
    Object form() {
        return new Form(attachment.form());
    }

    @Override
    public String toString() {
        return attachment.label() + (isClosed() ? " (closed)" : " " + toList());
    }

    private record Form(HandleForm handle) implements Serializable {
        Object readResolve() {
            return new SharedList(handle.attach(ListCore::new));
        }
    }
}

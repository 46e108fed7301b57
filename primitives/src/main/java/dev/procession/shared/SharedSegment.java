package dev.procession.shared;

import dev.procession.NameInUseException;
import dev.procession.internal.memory.NamedSegments;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.session.Session;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * A piece of shared memory with a name, in a file of its own: for data that other programs map too, or that come and go
 * while the session lasts. What a session allocates otherwise shares its segments.
 *
 * <pre>{@code
 * SharedSegment frame = SharedSegment.create(session, "frame", 1920 * 1080 * 4);
 * frame.asByteBuffer().put(pixels);
 * // in another program of the same user
 * SharedSegment seen = SharedSegment.attach(Session.attach(path), "frame");
 * }</pre>
 *
 * <p><b>Who owns it.</b> The session: a segment goes with it, whoever created it and however that one ended. Nobody who
 * attaches ever removes it. {@link #unlink} removes the name earlier; who has the segment keeps it.
 *
 * <p>A handle travels as its name: where it arrives it leads to what has the name then.
 *
 * <p>All exceptions are unchecked, as for every named object, with those of {@code java.nio.file} as their cause.
 */
public final class SharedSegment extends Handle {
    private static final long serialVersionUID = 1L;

    private final transient SegmentRegion region;

    private SharedSegment(SegmentRegion region) {
        this.region = region;
    }

    /**
     * Creates a segment of zeros with a name that is new.
     *
     * @param size bytes, at least 1
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static SharedSegment create(Session session, int size) {
        while (true) {
            try {
                return create(session, "segment-" + UUID.randomUUID(), size);
            } catch (NameInUseException e) {
                // Chance, or somebody who guessed it: another one.
            }
        }
    }

    /**
     * Creates a segment of zeros.
     *
     * @param name 1 to 180 bytes of UTF-8 without {@code /} and NUL
     * @param size bytes, at least 1; rounded up to whole longs
     * @throws NameInUseException if the session has a segment of that name; the cause is a
     *     {@link java.nio.file.FileAlreadyExistsException}
     * @throws dev.procession.OutOfSharedMemoryException if there is no room; nothing is left of it
     */
    public static SharedSegment create(Session session, String name, int size) {
        if (size <= 0 || size > Integer.MAX_VALUE - Long.BYTES) {
            throw new IllegalArgumentException("a segment has at least one byte, and less than 2 GiB: size=" + size);
        }
        NamedSegments.check(name);
        int bytes = (size + Long.BYTES - 1) & -Long.BYTES; // so that the int around each byte is there
        return new SharedSegment(SegmentRegion.create(SessionAccess.of(session), name, bytes));
    }

    /**
     * Attaches to a segment. Its size is what it was created with.
     *
     * @throws dev.procession.ObjectGoneException if the session has no segment of that name; the cause is a
     *     {@link java.nio.file.NoSuchFileException}
     */
    public static SharedSegment attach(Session session, String name) {
        NamedSegments.check(name);
        return new SharedSegment(SegmentRegion.attach(SessionAccess.of(session), name));
    }

    /**
     * Removes a segment's name; see {@link #unlink()}.
     *
     * @throws dev.procession.ObjectGoneException if the session has no segment of that name; the cause is a
     *     {@link java.nio.file.NoSuchFileException}
     */
    public static void unlink(Session session, String name) {
        SegmentRegion.segments(SessionAccess.of(session)).unlink(name);
    }

    /**
     * Removes the name, so that nobody attaches any more and another segment may have it. Handles and buffers stay good;
     * the memory is given back when the last process has none.
     *
     * @throws dev.procession.ObjectGoneException if it was removed before; the cause is a
     *     {@link java.nio.file.NoSuchFileException}
     */
    public void unlink() {
        region.requireOpen();
        SegmentRegion.segments(region.participant()).unlink(region.name());
    }

    /** {@return bytes} */
    public int size() {
        return region.memory().size();
    }

    /** {@return access to single bytes and to values of all types; closed with this handle} */
    public SharedBytes bytes() {
        region.requireOpen();
        return new SharedBytes(region, 0, size(), true);
    }

    /** {@return a view of all bytes, in the machine's byte order; it stays valid after {@link #close}} */
    public ByteBuffer asByteBuffer() {
        return region.buffer(0, size());
    }

    @Override
    public String name() {
        return region.name();
    }

    @Override
    public boolean isClosed() {
        return region.isClosed();
    }

    @Override
    public void close() {
        region.close();
    }

    @Override
    Participant participant() {
        return region.participant();
    }

    @Override
    Object form() {
        return new SegmentForm(region.form());
    }

    @Override
    public String toString() {
        return region.label() + " size=" + size() + (isClosed() ? " (closed)" : "");
    }

    private record SegmentForm(Region.Form region) implements Serializable {
        Object readResolve() {
            return new SharedSegment((SegmentRegion) region.arrive());
        }
    }
}

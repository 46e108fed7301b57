package dev.procession.sync;

import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.HandleForm;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.session.Session;
import dev.procession.testing.Eventually;
import java.io.Serializable;

/** Some shared longs by which the processes of a test tell each other things; they need no lock and no waiting. */
public final class Cells implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Attachment<Object> attachment;

    private Cells(Attachment<Object> attachment) {
        this.attachment = attachment;
        attachment.belongsTo(this);
    }

    public static Cells create(Session session, int count) {
        return new Cells(SessionAccess.of(session)
                .create(ObjectType.BYTES, null, (long) count * Long.BYTES, block -> {}, (p, b) -> new Object()));
    }

    public long get(int cell) {
        return attachment.block().memory().getLongVolatile(at(cell));
    }

    public void set(int cell, long value) {
        attachment.block().memory().setLongVolatile(at(cell), value);
    }

    public long add(int cell, long delta) {
        return attachment.block().memory().getAndAddLong(at(cell), delta) + delta;
    }

    /** Plain, for a witness that only a lock protects. */
    public long plain(int cell) {
        return attachment.block().memory().getLong(at(cell));
    }

    public void setPlain(int cell, long value) {
        attachment.block().memory().setLong(at(cell), value);
    }

    public void await(int cell, long atLeast) throws InterruptedException {
        Eventually.holds(() -> get(cell) >= atLeast, () -> "cell " + cell + " is " + get(cell) + ", not " + atLeast);
    }

    private int at(int cell) {
        return attachment.block().offset() + cell * Long.BYTES;
    }

    private Object writeReplace() {
        return new Form(attachment.form());
    }

    private record Form(HandleForm handle) implements Serializable {
        Object readResolve() {
            return new Cells(handle.attach((p, b) -> new Object()));
        }
    }
}

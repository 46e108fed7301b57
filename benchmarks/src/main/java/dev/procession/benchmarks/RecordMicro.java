package dev.procession.benchmarks;

import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.internal.record.EventCode;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An event of the event record, in a session that records and in one that does not. */
@State(Scope.Benchmark)
public class RecordMicro {
    private final Session recording = Session.create(SessionOptions.standard().recording(true));
    private final Session silent = Session.create();
    private final Participant on = SessionAccess.of(recording);
    private final Participant off = SessionAccess.of(silent);
    private long value;

    /** Leaves the sessions. */
    @TearDown
    public void close() {
        recording.close();
        silent.close();
    }

    /** What the others do beside recording. */
    @Benchmark
    public void recordNothing() {
        value++;
    }

    /** A session that does not record. */
    @Benchmark
    public void recordOff() {
        off.record(EventCode.ACQUIRED, 1, value++);
    }

    /** A session that records. */
    @Benchmark
    public void recordOn() {
        on.record(EventCode.ACQUIRED, 1, value++);
    }
}

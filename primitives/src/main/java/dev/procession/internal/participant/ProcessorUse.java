package dev.procession.internal.participant;

import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.Recorder;

/** Records how much processor time this process has used, where it has used some since it was asked last. */
final class ProcessorUse {
    private final Recorder recorder;
    private long recorded = -1; // guarded by this

    ProcessorUse(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Costs some reads of what the system tells of a process. An idle process does not fill its ring with this. */
    synchronized void look() {
        long used = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos())
                .orElse(recorded);
        if (used > recorded) {
            recorded = used;
            recorder.record(EventCode.PROCESSOR_TIME, 0, used);
        }
    }
}

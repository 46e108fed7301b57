package dev.procession.pool;

import dev.procession.internal.log.LibraryLog;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.RecordId;
import dev.procession.internal.record.Recorder;
import dev.procession.session.Session;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** In a worker: writes its tasks into the event record of the session that its pool was given, if it was given one. */
final class TaskRecord {
    private final long pid = ProcessHandle.current().pid();
    private @Nullable Recorder recorder;

    /** Takes part in the session. A worker does its work as well without a record, so nothing is thrown. */
    void into(String session) {
        try {
            // Never closed: it lasts as long as the worker, which ends with its pool.
            Participant participant = SessionAccess.of(Session.attach(Path.of(session)));
            recorder = participant.recorderOrNull();
        } catch (UncheckedIOException e) {
            LibraryLog.log(Level.DEBUG, () -> "tasks are not recorded: " + e.getMessage());
        }
    }

    /** Before the task; {@code task} is what reports name. */
    void begin(int sequence, Object task) {
        Recorder on = recorder;
        if (on != null) {
            long id = RecordId.task(pid, sequence);
            on.nameObject(id, "task", TaskText.of(task));
            on.record(EventCode.TASK_BEGIN, id, sequence);
        }
    }

    /** Before the answer leaves: who acts upon it comes later in the record. */
    void end(int sequence, boolean failed) {
        Recorder on = recorder;
        if (on != null) {
            on.record(failed ? EventCode.TASK_FAILED : EventCode.TASK_END, RecordId.task(pid, sequence), sequence);
        }
    }
}

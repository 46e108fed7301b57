package dev.procession.internal.timeline;

import dev.procession.internal.memory.Memory;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.record.Rings;
import java.nio.file.Path;

/** A process that records into a file that its parent maps too, until it is killed or done. */
final class RecordingChild {
    /** The parent writes a turn here, the child answers with {@link System#nanoTime()} and then the turn. */
    static final int TURN = 512;

    static final int ANSWERED = 640;
    static final int ANSWER = 768;

    private RecordingChild() {}

    /**
     * Records.
     *
     * @param args file, its size, offset of the ring, its length, and {@code turns}, or {@code threads:events}
     */
    public static void main(String[] args) throws Exception {
        Memory memory = Rings.map(Path.of(args[0]), Integer.parseInt(args[1]));
        Recorder recorder = Rings.create(memory, Integer.parseInt(args[2]), Integer.parseInt(args[3]), "child");
        if (args[4].equals("turns")) {
            turns(memory, recorder);
            return;
        }
        String[] amounts = args[4].split(":", -1);
        Thread[] threads = new Thread[Integer.parseInt(amounts[0])];
        long events = Long.parseLong(amounts[1]);
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(
                    () -> {
                        for (long n = 0; n < events; n++) {
                            Rings.recordChecked(recorder, (int) (n % 3) + EventCode.WAIT_BEGIN, n << 8);
                        }
                    },
                    "recording-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void turns(Memory memory, Recorder recorder) {
        long answered = 0;
        while (true) {
            long turn = memory.getLongAcquire(TURN);
            if (turn < 0) {
                return;
            }
            if (turn != answered) {
                recorder.record(EventCode.MESSAGE_RECEIVED, 1, turn);
                memory.setLong(ANSWER, System.nanoTime());
                recorder.record(EventCode.MESSAGE_SENT, 2, turn);
                memory.setLongRelease(ANSWERED, turn);
                answered = turn;
            }
            Thread.onSpinWait();
        }
    }
}

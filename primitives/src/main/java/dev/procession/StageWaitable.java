package dev.procession;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A stage that can be waited for with others. Asks the stage once, since what asks a stage cannot be taken back. */
final class StageWaitable implements Waitable {
    private final CompletionStage<?> stage;
    private final Set<Once> signals = ConcurrentHashMap.newKeySet();
    private volatile boolean complete;

    @SuppressWarnings("FutureReturnValueIgnored") // what comes of the listeners is of no interest
    StageWaitable(CompletionStage<?> stage) {
        this.stage = stage;
        stage.whenComplete((value, failure) -> {
            complete = true; // before the signals are called: who registers later looks after that
            signals.forEach(Once::call);
        });
    }

    @Override
    public boolean isReady() {
        return complete;
    }

    @Override
    public Registration whenReady(Runnable signal) {
        Once once = new Once(signal);
        signals.add(once);
        return () -> signals.remove(once);
    }

    @Override
    public String toString() {
        return (complete ? "complete: " : "not complete: ") + stage;
    }

    /** With an identity of its own: one signal may be registered twice. */
    private static final class Once {
        private final Runnable signal;

        Once(Runnable signal) {
            this.signal = signal;
        }

        void call() {
            signal.run();
        }
    }
}

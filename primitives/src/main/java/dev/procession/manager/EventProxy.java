package dev.procession.manager;

import dev.procession.sync.ProcessEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An event in a manager, from afar. */
final class EventProxy extends SyncProxy implements ProcessEvent {
    private static final long serialVersionUID = 1L;

    private final transient EventCalls calls;

    EventProxy(Ref ref) {
        super(ref);
        this.calls = ref.calls(EventCalls.class);
    }

    private EventCalls calls() {
        requireOpen();
        return calls;
    }

    @Override
    public void set() {
        calls().set();
    }

    @Override
    public void clear() {
        calls().clear();
    }

    @Override
    public boolean isSet() {
        return calls().isSet();
    }

    @Override
    public void await() throws InterruptedException {
        calls().await(Nanos.FOR_EVER);
    }

    @Override
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        return calls().await(Nanos.of(timeout, unit));
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return calls().await(Nanos.of(timeout));
    }

    @Override
    public void awaitUninterruptibly() {
        calls().awaitUninterruptibly(Nanos.FOR_EVER);
    }

    @Override
    public String toString() {
        return text(() -> ref().label() + (calls.isSet() ? ": set" : ": unset"));
    }
}

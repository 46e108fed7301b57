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
    public boolean isReady() {
        return isSet();
    }

    /** By a thread that waits in the manager for as long. */
    @Override
    public Registration whenReady(Runnable signal) {
        EventCalls there = calls();
        Thread waiting = new Thread(null, () -> signalWhenSet(there, signal), "procession-event-watch", 0, false);
        waiting.setDaemon(true);
        waiting.start();
        return waiting::interrupt;
    }

    private static void signalWhenSet(EventCalls there, Runnable signal) {
        try {
            there.await(Nanos.FOR_EVER);
        } catch (InterruptedException e) {
            return; // nobody wants to know any more
        } catch (RuntimeException e) {
            // The manager is gone: whoever asks it next is told so.
        }
        signal.run();
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

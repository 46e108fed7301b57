package dev.procession.manager;

import java.util.Locale;
import java.util.function.Function;

/** The types of objects that a manager makes: what is called, and which proxy stands for them. */
enum Kind {
    ROOT(RootCalls.class, ref -> ref),
    MAP(MapCalls.class, MapProxy::new),
    SET(MapCalls.class, SetProxy::new),
    NAMESPACE(MapCalls.class, NamespaceProxy::new),
    VALUE(MapCalls.class, ValueProxy::new),
    LIST(ListCalls.class, ListProxy::new),
    ARRAY(ListCalls.class, ArrayProxy::new),
    QUEUE(QueueCalls.class, QueueProxy::new),
    LOCK(LockCalls.class, LockProxy::new),
    REENTRANT_LOCK(LockCalls.class, ReentrantLockProxy::new),
    CONDITION(ConditionCalls.class, ConditionProxy::new),
    EVENT(EventCalls.class, EventProxy::new),
    SEMAPHORE(SemaphoreCalls.class, SemaphoreProxy::new),
    BARRIER(BarrierCalls.class, BarrierProxy::new),
    OWN(Object.class, OwnTypeHandler::proxy);

    private final Class<?> calls;

    @SuppressWarnings("ImmutableEnumChecker") // constructors only
    private final Function<Ref, Object> proxy;

    Kind(Class<?> calls, Function<Ref, Object> proxy) {
        this.calls = calls;
        this.proxy = proxy;
    }

    Class<?> calls() {
        return calls;
    }

    Object proxy(Ref ref) {
        return proxy.apply(ref);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

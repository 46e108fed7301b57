package dev.procession.manager;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What proxies for synchronisers have in common: they can be closed, which ends their use and changes nothing else. */
abstract class SyncProxy implements Proxied, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Ref ref;
    private transient volatile boolean closed;

    SyncProxy(Ref ref) {
        this.ref = ref;
    }

    @Override
    public Ref ref() {
        return ref;
    }

    Object writeReplace() {
        requireOpen();
        return ref.form();
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException(ref.label() + " was closed by this process: get it from the manager again");
        }
    }

    public String name() {
        String name = ref.name();
        return name == null ? ref.kind().label() + " " + ref.id() : name;
    }

    public void close() {
        closed = true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return ref.isSame(other);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(ref.id());
    }

    /** The state, or what can be said without asking. */
    String text(java.util.function.Supplier<String> state) {
        if (closed) {
            return ref.label() + " (closed)";
        }
        try {
            return state.get();
        } catch (ManagerDiedException | ManagerSilentException e) {
            return ref.label() + " (" + e.getMessage() + ")";
        }
    }
}

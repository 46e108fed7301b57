package dev.procession.internal.child;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets other packages of the library exchange messages with a child without making that public. {@code ChildProcess}
 * installs the only implementation when its class is initialized.
 *
 * @param <C> the type of a child
 */
public abstract class ChildAccess<C> {
    private static volatile @Nullable ChildAccess<?> instance;

    /** For {@code ChildProcess} and its subclasses. */
    protected ChildAccess() {}

    /** Called once, by the class that is opened. */
    public static void install(ChildAccess<?> access) {
        instance = access;
    }

    /**
     * The implementation.
     *
     * @param type the class that installs it
     */
    @SuppressWarnings("unchecked") // there is one implementation, for this very type
    public static <C> ChildAccess<C> of(Class<C> type) {
        ChildAccess<?> access = instance;
        if (access == null) {
            throw new IllegalStateException(type.getName() + " is not initialized");
        }
        return (ChildAccess<C>) access;
    }

    /** Sets who takes the child's messages; before it is started. */
    public abstract void onMessage(C child, Consumer<byte[]> listener);

    /** Kills a child that nobody needs any more, and says so where ends of children are recorded: it is no accident. */
    public abstract void dismiss(C child);

    /** Sends a message to the child; blocks while its pipe is full. */
    public abstract void send(C child, byte[] message) throws IOException;

    /** Sends two arrays, one behind the other, as one message; otherwise as {@link #send(Object, byte[])}. */
    public abstract void send(C child, byte[] head, byte[] rest) throws IOException;
}

package dev.procession.manager;

import dev.procession.internal.child.ParentLink;
import dev.procession.internal.log.LibraryLog;
import dev.procession.internal.wire.ObjectCodec;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** The process that serves a manager's objects. It ends when its parent says so, or is gone. */
final class ManagerServerProcess extends ChildProcess {
    private static final long serialVersionUID = 1L;

    private final ManagerOptions options;

    ManagerServerProcess(ChildOptions child, ManagerOptions options) {
        super(child);
        this.options = options;
    }

    @Override
    protected void run() throws Exception {
        ignoreInterrupt();
        ParentLink parent = Objects.requireNonNull(ParentLink.current());
        options.initialize();
        try (ManagerServer server = ManagerServer.open(options)) {
            parent.send(ObjectCodec.encode(new ArrayList<>(List.of(server.id(), server.address()))));
            CountDownLatch end = new CountDownLatch(1);
            parent.receive(new ParentLink.Receiver() {
                @Override
                public void message(byte[] message) {
                    end.countDown();
                }

                @Override
                public void ended() {
                    end.countDown(); // nobody is there who could say that it is to end
                }
            });
            end.await();
        }
    }

    /**
     * Ctrl-C reaches all processes of a terminal at once. What is in the manager must be there until those have ended that
     * use it, whose shutdown hooks may need it; it ends with its parent anyway. The JDK's signals are in a module that this
     * library does without where it is not there, as under {@code -Xrs}: the manager ends at once then.
     */
    private static void ignoreInterrupt() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("INT"),
                            handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException e) {
            LibraryLog.log(Level.DEBUG, () -> "the manager is ended by SIGINT: " + e);
        }
    }
}

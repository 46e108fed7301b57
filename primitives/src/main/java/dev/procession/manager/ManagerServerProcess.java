package dev.procession.manager;

import dev.procession.internal.child.ParentLink;
import dev.procession.internal.wire.ObjectCodec;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
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
}

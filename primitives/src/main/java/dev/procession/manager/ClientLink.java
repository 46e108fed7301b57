package dev.procession.manager;

import dev.procession.channel.Connection;
import dev.procession.internal.waiting.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A connection to a manager with what one call at a time needs. */
final class ClientLink {
    final Connection connection;
    final Frame out = new Frame();

    /** Which of the client's sessions it belongs to; after a reconnection, older ones are not used any more. */
    final int epoch;

    ClientLink(Connection connection, int epoch) {
        this.connection = connection;
        this.epoch = epoch;
    }

    byte[] receive(long deadline) throws IOException, InterruptedException, TimeoutException {
        return deadline == Deadline.NEVER
                ? connection.receiveBytes()
                : connection.receiveBytes(Duration.ofNanos(Deadline.remaining(deadline)));
    }
}

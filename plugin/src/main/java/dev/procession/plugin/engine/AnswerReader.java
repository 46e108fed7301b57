package dev.procession.plugin.engine;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Takes packets from the engine on a thread of its own, since a read from a pipe cannot be interrupted. */
final class AnswerReader {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final DataInputStream in;
    private final Thread thread;

    /** A packet, or neither: the end; or why there is nothing more. */
    private record Event(Optional<byte[]> packet, @Nullable IOException failure) {}

    AnswerReader(DataInputStream in) {
        this.in = in;
        this.thread = new Thread(this::read, "procession-engine-answers");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void read() {
        try (in) {
            for (Optional<byte[]> packet = Wire.read(in); packet.isPresent(); packet = Wire.read(in)) {
                events.add(new Event(packet, null));
            }
            events.add(new Event(Optional.empty(), null));
        } catch (java.io.EOFException e) {
            events.add(new Event(Optional.empty(), null));
        } catch (IOException e) {
            events.add(new Event(Optional.empty(), e));
        }
    }

    /** The next packet; empty at the end, and ever after. */
    Optional<byte[]> take() throws IOException, InterruptedException {
        Event event = events.take();
        if (event.packet().isEmpty()) {
            events.add(event);
        }
        if (event.failure() != null) {
            throw new IOException("what the engine says cannot be understood: " + event.failure().getMessage(), event.failure());
        }
        return event.packet();
    }

    /** Waits for the thread; the process must have ended. */
    void end() {
        Threads.join(thread);
    }
}

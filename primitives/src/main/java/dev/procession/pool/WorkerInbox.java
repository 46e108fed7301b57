package dev.procession.pool;

import dev.procession.internal.child.ParentLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * In a worker: the commands that wait. Those that must not wait behind a running task are done at once, on the thread that
 * receives them; under the monitor, so that a task is either not begun, or running, or done.
 */
final class WorkerInbox implements ParentLink.Receiver {
    private final ParentLink link;
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private int running = -1;
    private boolean leaving;
    private boolean ended;

    WorkerInbox(ParentLink link) {
        this.link = link;
    }

    /**
     * A command.
     *
     * @param kind see {@link Protocol}
     * @param sequence of a task, otherwise -1
     * @param content what follows
     */
    record Entry(int kind, int sequence, ByteBuffer content) {}

    @Override
    public void message(byte[] message) {
        ByteBuffer rest = ByteBuffer.wrap(message);
        synchronized (this) {
            while (rest.hasRemaining()) {
                int kind = rest.get();
                int length = rest.getInt();
                // From its begin: texts are read from the array by their place in it.
                ByteBuffer content = ByteBuffer.wrap(message, rest.position(), length);
                rest.position(rest.position() + length);
                received(kind, content);
            }
            notifyAll();
        }
    }

    private void received(int kind, ByteBuffer content) {
        switch (kind) {
            case Protocol.TASK, Protocol.CHUNK -> waiting.add(new Entry(kind, content.getInt(), content));
            case Protocol.CANCEL -> cancel(content.getInt(), content.get() != 0);
            case Protocol.GIVE_BACK -> giveBack();
            default -> waiting.add(new Entry(kind, -1, content));
        }
    }

    private void cancel(int sequence, boolean evenRunning) {
        for (Iterator<Entry> entries = waiting.iterator(); entries.hasNext(); ) {
            if (entries.next().sequence() == sequence) {
                entries.remove();
                send(new Answer(Protocol.DROPPED, sequence, 0));
                return;
            }
        }
        if (evenRunning && running == sequence) {
            Runtime.getRuntime().halt(Protocol.CANCELLED_EXIT);
        }
    }

    private void giveBack() {
        Answer answer = new Answer(Protocol.GIVEN_BACK, -1, 0);
        int at = answer.bytes().length();
        answer.bytes().putInt(0);
        int count = 0;
        for (Iterator<Entry> entries = waiting.iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.sequence() >= 0) {
                entries.remove();
                answer.bytes().putInt(entry.sequence());
                count++;
            }
        }
        answer.bytes().setInt(at, count);
        send(answer);
    }

    private void send(Answer answer) {
        try {
            answer.send(link);
        } catch (IOException e) {
            // The parent has gone: the watch ends this process.
        }
    }

    @Override
    public synchronized void ended() {
        ended = true;
        notifyAll();
    }

    /** Waits for a command; null when none comes any more. A task counts as running from here on. */
    synchronized @Nullable Entry take() throws InterruptedException {
        running = -1;
        while (waiting.isEmpty() && !ended && !leaving) {
            wait();
        }
        Entry next = leaving ? null : waiting.poll();
        running = next == null ? -1 : next.sequence();
        return next;
    }

    /**
     * The task has been run, and its answer is about to leave. Whoever wants it to end comes too late from here on: ending
     * this process between the answer and the next task would look like the end of that one.
     */
    synchronized void finished() {
        running = -1;
    }

    /** Begins no other task. */
    synchronized void leave() {
        leaving = true;
        send(new Answer(Protocol.LEAVING, -1, 0));
    }

    /** The task that runs, or -1. */
    synchronized int running() {
        return running;
    }
}

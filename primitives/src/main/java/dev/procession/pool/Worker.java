package dev.procession.pool;

import dev.procession.internal.child.ChildAccess;
import dev.procession.internal.child.RemoteFailure;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A started worker, as its pool sees it: the tasks that it has, in the order in which it runs them.
 *
 * <p>Two threads meet here: the slot's, which alone sends, and the one that reads the worker's answers.
 */
final class Worker {
    /** Work that is sent ahead, so that the worker need not wait for the next message. */
    private static final long AHEAD_NANOS = 2_000_000;

    /** One task is sent ahead even if it takes longer, but not one that takes so long that another worker had better do it. */
    private static final long ONE_AHEAD_NANOS = 10_000_000;

    private static final int MOST_AHEAD = 1024;
    /** Large items are sent ahead, too, but not many. */
    private static final int AHEAD_BYTES = 4 << 20;

    /** Bytes that an empty pipe takes at once, whether or not anybody reads them. */
    static final int SMALL = 16 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final WorkerSlot slot;
    private final ChildProcess process;
    private final ArrayDeque<Piece> inFlight = new ArrayDeque<>();

    // Guarded by this.
    private long headSince;
    private long aheadNanos;
    private int bytesAhead;
    private boolean givesBack;
    private int finished;
    private int exitingSequence = -1;
    private int exitingItem;

    // The slot's thread alone.
    private final Set<Integer> known = new HashSet<>();
    private int sent;
    private @Nullable Sender sender;

    private volatile boolean ready;
    private volatile boolean leaving;
    private volatile boolean exiting;
    private volatile boolean ended;
    private volatile @Nullable Throwable startFailure;

    /** Starts it. */
    Worker(WorkerSlot slot, ChildOptions options, byte[] greeting) {
        this.slot = slot;
        this.process = ChildProcess.of(options, WorkerLoop::run);
        ChildAccess.of(ChildProcess.class).onMessage(process, this::message);
        process.start();
        CompletableFuture<Void> unused = process.onExit().thenRun(this::processEnded);
        send(greeting);
    }

    ChildProcess process() {
        return process;
    }

    /** Ends it at once, since the pool ends: that is no death. */
    void dismiss() {
        ChildAccess.of(ChildProcess.class).dismiss(process);
    }

    WorkerSlot slot() {
        return slot;
    }

    boolean isReady() {
        return ready;
    }

    /** Whether its end is no accident: it has said that it takes no more tasks. */
    boolean isLeaving() {
        return leaving;
    }

    /** Whether its JVM has begun to end while a task ran; shutdown hooks of the task's may keep it from that. */
    boolean isExiting() {
        return exiting;
    }

    boolean hasEnded() {
        return ended;
    }

    /** What its initializer has thrown. */
    @Nullable
    Throwable startFailure() {
        return startFailure;
    }

    /** How many tasks it was sent that it did not give back. */
    int sent() {
        return sent;
    }

    Set<Integer> known() {
        return known;
    }

    private void processEnded() {
        ended = true;
        slot.wake();
    }

    /** Whether one more task is to be sent. */
    synchronized boolean hasRoom() {
        if (inFlight.isEmpty()) {
            return true;
        }
        // What runs longer than it was expected to may run for hours, and what is sent after it would wait as long.
        if (inFlight.size() >= MOST_AHEAD
                || bytesAhead >= AHEAD_BYTES
                || System.nanoTime() - headSince > ONE_AHEAD_NANOS) {
            return false;
        }
        return aheadNanos < (inFlight.size() == 1 ? ONE_AHEAD_NANOS : AHEAD_NANOS);
    }

    synchronized boolean isIdle() {
        return inFlight.isEmpty();
    }

    synchronized @Nullable Piece running() {
        return inFlight.peek();
    }

    synchronized boolean has(Piece piece) {
        return inFlight.contains(piece);
    }

    /** Tasks that nobody waits for any more. */
    synchronized List<Piece> unwanted() {
        List<Piece> found = new ArrayList<>();
        for (Piece piece : inFlight) {
            if (!piece.isWanted()) {
                found.add(piece);
            }
        }
        return found;
    }

    /** Since when the first task runs, by the nano clock. */
    synchronized long headSince() {
        return headSince;
    }

    /** Whether tasks wait behind one that takes long; then the caller asks for them, once. */
    synchronized boolean shallGiveBack(long now) {
        if (inFlight.size() < 2 || givesBack || now - headSince < ONE_AHEAD_NANOS) {
            return false;
        }
        givesBack = true;
        return true;
    }

    /** When {@link #shallGiveBack} has to be asked again; {@link Long#MAX_VALUE} for never. */
    synchronized long giveBackIn(long now) {
        return inFlight.size() < 2 || givesBack ? Long.MAX_VALUE : Math.max(1, headSince + ONE_AHEAD_NANOS - now);
    }

    /** Puts a task behind the others; the caller sends it. */
    synchronized void enroll(Piece piece, int bytes) {
        if (inFlight.isEmpty()) {
            headSince = System.nanoTime();
        }
        sent++;
        long expected = piece.pace().expected(piece.items());
        aheadNanos += expected;
        bytesAhead += bytes;
        inFlight.add(piece);
        piece.sent(this, sent, expected, bytes);
    }

    int nextSequence() {
        return sent + 1;
    }

    /** How many tasks it has finished. */
    synchronized int finished() {
        return finished;
    }

    /** The item of a task at which the process has exited; -1 when it had no time to say. */
    synchronized int exitingItem(Piece piece) {
        return exitingSequence == piece.sequence() ? exitingItem : -1;
    }

    /** Takes all tasks from it, after its end. */
    synchronized List<Piece> drain() {
        List<Piece> all = new ArrayList<>(inFlight);
        inFlight.clear();
        all.forEach(Piece::returned);
        return all;
    }

    /** Sends a message; does not wait, even if the worker is stopped. */
    void send(byte[] message) {
        Sender waiting = sender;
        if ((waiting == null || waiting.isIdle()) && message.length <= SMALL && bytesAhead() <= 2 * SMALL) {
            write(new Message(message, NOTHING));
            return;
        }
        sendLater(new Message(message, NOTHING));
    }

    /** Sends commands of which the last one's content, which is large, lies in an array of its own; does not wait. */
    void send(byte[] commands, byte[] content) {
        sendLater(new Message(commands, content));
    }

    /** One behind the other. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(byte[] head, byte[] rest) {}

    private void sendLater(Message message) {
        Sender waiting = sender;
        if (waiting == null) {
            waiting = new Sender();
            sender = waiting;
        }
        waiting.add(message);
    }

    private synchronized int bytesAhead() {
        return bytesAhead;
    }

    private void write(Message message) {
        try {
            ChildAccess.of(ChildProcess.class).send(process, message.head(), message.rest());
        } catch (IOException e) {
            // The pipe is broken: it is dead, or about to be.
            process.kill();
        }
    }

    /** Lets go of whoever is stuck in the pipe of a dead worker. */
    void closeSender() {
        if (sender != null) {
            sender.close();
        }
    }

    /** On the thread that reads the answers, which hands over nothing more when this throws: nobody may wait for ever. */
    private void message(byte[] message) {
        try {
            answered(message);
        } catch (RuntimeException | Error e) {
            process.kill();
            throw e;
        }
    }

    private void answered(byte[] message) {
        ByteBuffer content = ByteBuffer.wrap(message);
        int kind = content.get();
        int sequence = content.getInt();
        long nanos = content.getLong();
        switch (kind) {
            case Protocol.READY -> {
                ready = true;
                slot.wake();
            }
            case Protocol.START_FAILED -> {
                startFailure = startFailure(content);
                slot.wake();
            }
            case Protocol.RESULT, Protocol.CHUNK_DONE -> {
                Piece piece = taken(sequence, nanos);
                if (piece != null) {
                    if (piece.claim()) {
                        piece.answered(content);
                    }
                    slot.settled();
                }
            }
            case Protocol.FAILURE -> {
                Piece piece = taken(sequence, nanos);
                if (piece != null) {
                    failed(piece, content);
                    slot.settled();
                }
            }
            case Protocol.DROPPED -> {
                if (taken(sequence, 0) != null) {
                    slot.settled();
                }
            }
            case Protocol.GIVEN_BACK -> slot.givenBack(givenBack(content));
            case Protocol.LEAVING -> {
                leaving = true;
                slot.wake();
            }
            case Protocol.EXITING_AT -> exiting(sequence, content.getInt());
            default -> throw new IllegalStateException("unknown answer of a worker: kind=" + kind);
        }
    }

    private static byte[] rest(ByteBuffer content) {
        byte[] rest = new byte[content.remaining()];
        content.get(rest);
        return rest;
    }

    private Throwable startFailure(ByteBuffer content) {
        try {
            RemoteFailure failure = RemoteFailure.decode(rest(content));
            Throwable thrown = failure.thrown(Thread.currentThread().getContextClassLoader());
            return thrown != null ? thrown : RemoteTaskException.thrown("initializer of " + slot.name(), failure);
        } catch (IOException e) {
            return new IllegalStateException("the initializer of " + slot.name() + " failed", e);
        }
    }

    private void failed(Piece piece, ByteBuffer content) {
        if (!piece.claim()) {
            return;
        }
        boolean undecodable = content.get() != 0;
        try {
            piece.failed(RemoteFailure.decode(rest(content)), undecodable, slot.name());
        } catch (IOException | RuntimeException | Error e) {
            piece.fail(RemoteTaskException.resultUndecodable(piece.text(), e));
        }
    }

    /** A task that the worker is done with. */
    private @Nullable Piece taken(int sequence, long nanos) {
        Piece piece;
        boolean hungry;
        boolean proved;
        synchronized (this) {
            piece = inFlight.peek();
            boolean first = piece != null && piece.sequence() == sequence;
            if (first) {
                inFlight.poll();
                headSince = System.nanoTime();
            } else {
                piece = find(sequence);
            }
            if (piece == null) {
                return null;
            }
            finished++;
            proved = finished == 1;
            aheadNanos -= piece.expectedNanos();
            bytesAhead -= piece.sentBytes();
            hungry = inFlight.isEmpty() || aheadNanos < AHEAD_NANOS / 2;
        }
        if (proved) {
            slot.proved();
        }
        piece.returned();
        if (nanos > 0) {
            piece.pace().measured(nanos, piece.items());
        }
        if (hungry) {
            slot.wake();
        }
        return piece;
    }

    private @Nullable Piece find(int sequence) {
        for (Piece piece : inFlight) {
            if (piece.sequence() == sequence) {
                inFlight.remove(piece);
                return piece;
            }
        }
        return null;
    }

    private synchronized List<Piece> givenBack(ByteBuffer content) {
        givesBack = false;
        List<Piece> back = new ArrayList<>();
        for (int count = content.getInt(); count > 0; count--) {
            Piece piece = find(content.getInt());
            if (piece != null) {
                aheadNanos -= piece.expectedNanos();
                bytesAhead -= piece.sentBytes();
                piece.returned();
                back.add(piece);
            }
        }
        return back;
    }

    private void exiting(int sequence, int item) {
        synchronized (this) {
            exitingSequence = sequence;
            exitingItem = item;
        }
        exiting = true;
        slot.wake();
    }

    /**
     * Writes what a pipe may not take at once. A worker that is dead or stopped takes nothing, and a process that it has left
     * behind may keep the pipe open for ever: only this thread waits for that.
     */
    private final class Sender implements Runnable {
        private final ArrayDeque<Message> messages = new ArrayDeque<>();
        private boolean writing;
        private boolean closed;

        Sender() {
            Thread thread = new Thread(null, this, "procession " + slot.name() + " task", 0, false);
            thread.setDaemon(true);
            thread.start();
        }

        synchronized void add(Message message) {
            messages.add(message);
            notifyAll();
        }

        synchronized void close() {
            closed = true;
            messages.clear();
            notifyAll();
        }

        synchronized boolean isIdle() {
            return messages.isEmpty() && !writing;
        }

        private synchronized @Nullable Message next() throws InterruptedException {
            writing = false;
            while (messages.isEmpty() && !closed) {
                wait();
            }
            writing = true;
            return messages.poll();
        }

        @Override
        public void run() {
            try {
                for (Message message = next(); message != null; message = next()) {
                    write(message);
                }
            } catch (InterruptedException e) {
                // Nobody interrupts this thread but a program that ends all of them.
            }
        }
    }
}

package dev.procession.channel;

import static dev.procession.channel.PipeLayout.FRAME_BYTES;
import static dev.procession.channel.PipeLayout.SENDERS;

import dev.procession.OwnerDeath;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.locking.LockWatcher;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Descriptions;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.waiting.Attempt;
import dev.procession.internal.waiting.Deadline;
import dev.procession.internal.waiting.WaitPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/* Overview

A ring of bytes between two locks. A sender writes a frame and then moves TAIL, a receiver copies a frame and then moves HEAD:
one store each, so a death before it leaves nothing and after it everything. Nobody holds a lock while it waits for a message
to begin, or for room for one.

A message that takes more than half of the ring goes in parts: FIRST, MORE ..., LAST. Its sender keeps the senders' lock from
the first to the last, so parts of two messages never mix, and its receiver keeps the receivers' lock while it puts them
together. LONG says which message that is, by the position where it began.

sender dies, or gives up:  LONG says so (who takes the lock over clears it), or the lock's owner is dead: the receiver drops
                           what it has. Frames that come later begin another message, so nothing needs to be taken back.
receiver gives up:         it makes LONG ask for the message AGAIN. The sender still has all of it, since LAST has not been
                           sent, and begins anew. If LAST has been sent, everything is there and the receiver need not give up.
receiver dies:             the next one finds parts without their beginning and asks for the message again; if its sender has
                           done with it, it ended with the receiver that had begun to take it, as a short one does. */

/** One direction of a pipe: takes messages from many senders and gives each to one of many receivers. */
final class MessageRing {
    /**
     * How long a part may take in a call whose time is over. A call does not give up while parts come: a receiver that tried
     * again and again with short timeouts would otherwise never get a message that takes longer.
     */
    private static final long STALL_NANOS = 500_000_000;

    private final Participant participant;
    private final Block block;
    private final Frames frames;
    private final EndOwners owners;
    private final int senderSide;
    private final int longest; // bytes of a frame that goes in one part
    private final int part; // bytes of a message in one part
    private final RobustLock senders;
    private final RobustLock receivers;
    private final Place messages;
    private final Place rooms;

    /**
     * A direction.
     *
     * @param index which; the number of the side that receives
     */
    MessageRing(Participant participant, Block block, PipeLayout layout, int index, EndOwners owners) {
        this.participant = participant;
        this.block = block;
        this.owners = owners;
        this.senderSide = 1 - index;
        this.longest = layout.capacity / 2;
        this.part = layout.capacity / 4 - FRAME_BYTES;
        int within = layout.direction(index);
        int base = block.offset() + within;
        long id = block.id() + within;
        this.frames = new Frames(block.memory(), base, layout);
        this.senders = new RobustLock(
                participant.waiting(), block.memory(), base + SENDERS, id + SENDERS, this::repair, LockWatcher.NONE);
        this.receivers = new RobustLock(
                participant.waiting(),
                block.memory(),
                base + layout.receivers,
                id + layout.receivers,
                () -> {}, // what a receiver leaves, the next one sees in the ring
                LockWatcher.NONE);
        this.messages = new Place(senders, base + layout.awaitMessage, id + layout.awaitMessage);
        this.rooms = new Place(receivers, base + layout.awaitRoom, id + layout.awaitRoom);
    }

    void begin() {
        participant.supervise(senders, Deaths.label(block) + ", sending into it");
        participant.supervise(receivers, Deaths.label(block) + ", receiving from it");
    }

    void end() {
        participant.forget(senders);
        participant.forget(receivers);
    }

    boolean isInUse() {
        return senders.isInUse() || receivers.isInUse() || messages.isWaitedFor() || rooms.isWaitedFor();
    }

    /** Owners came or went: whoever waits for what cannot come any more is to see that. */
    void ownersChanged() {
        messages.ringAll();
        rooms.ringAll();
    }

    /** A handle of this process was closed: the threads that wait by it are to see that. */
    void closedHere() {
        messages.ringHere();
        rooms.ringHere();
        participant.waiting().wake(senders.id());
        participant.waiting().wake(receivers.id());
    }

    /** The lock of the senders was taken over: what its owner was sending in parts is not sent. */
    private void repair() {
        if (frames.isAnyOpen()) {
            frames.abandon();
            FaultPoint.reached("pipe.repaired");
            messages.ringAll();
        }
    }

    // Sending

    /**
     * Sends a message.
     *
     * @param message from position to limit; not changed
     * @param raw whether it was given as bytes
     */
    void send(ByteBuffer message, boolean raw, long deadline, Attachment<?> use)
            throws IOException, InterruptedException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        int flag = raw ? Frames.RAW : 0;
        if (PipeLayout.frame(message.remaining()) > longest || message.remaining() > longest) {
            sendParts(message, flag, deadline, use);
        } else {
            sendWhole(message, flag, deadline, use);
        }
    }

    private void sendWhole(ByteBuffer message, int flag, long deadline, Attachment<?> use)
            throws IOException, InterruptedException, TimeoutException {
        int length = message.remaining();
        int frame = PipeLayout.frame(length);
        while (true) {
            if (frames.room() < frame) {
                await(rooms, new Room(frame, use), deadline, "no room");
            }
            lock(senders, deadline, use);
            try {
                requireReceivers();
                if (frames.room() >= frame) {
                    frames.write(Frames.WHOLE | flag, 0, message, message.position(), length);
                    FaultPoint.reached("pipe.written");
                    record(EventCode.MESSAGE_SENT, frames.sent() + 1);
                    frames.commit(length, true);
                    FaultPoint.reached("pipe.sent");
                    messages.ringAll();
                    return;
                }
            } finally {
                senders.unlock();
            }
        }
    }

    private void sendParts(ByteBuffer message, int flag, long deadline, Attachment<?> use)
            throws IOException, InterruptedException, TimeoutException {
        lock(senders, deadline, use);
        boolean done = false;
        try {
            record(EventCode.MESSAGE_SENT, frames.sent() + 1);
            while (!done) {
                long id = frames.open();
                done = sendParts(id, message, flag, deadline, use) && frames.finish(id);
            }
            FaultPoint.reached("pipe.finished");
        } finally {
            if (!done) {
                frames.abandon();
                FaultPoint.reached("pipe.abandoned");
                messages.ringAll(); // whoever has the parts that went waits for the others
            }
            senders.unlock();
        }
    }

    /** Returns false if a receiver asked for the message again. */
    private boolean sendParts(long id, ByteBuffer message, int flag, long deadline, Attachment<?> use)
            throws IOException, InterruptedException, TimeoutException {
        int length = message.remaining();
        for (int sent = 0; sent < length; ) {
            requireReceivers();
            int step = Math.min(length - sent, part);
            int frame = PipeLayout.frame(step);
            if (frames.room() < frame) {
                await(rooms, new PartRoom(id, frame, use), patient(deadline), "no room for the rest of the message");
                requireReceivers();
            }
            if (!frames.isOpen(id)) {
                return false;
            }
            boolean last = sent + step == length;
            int place = sent == 0 ? Frames.FIRST : last ? Frames.LAST : Frames.MORE;
            frames.write(place | flag, sent == 0 ? length : id, message, message.position() + sent, step);
            FaultPoint.reached("pipe.part-written");
            frames.commit(step, last);
            FaultPoint.reached(last ? "pipe.last-sent" : "pipe.part-sent");
            messages.ringAll();
            sent += step;
        }
        return true;
    }

    private boolean isBroken() {
        return !owners.isAnyLiving(1 - senderSide);
    }

    private void requireReceivers() throws BrokenPipeException {
        if (isBroken()) {
            throw new BrokenPipeException(Deaths.label(block), deaths(1 - senderSide));
        }
    }

    // Receiving

    /** Says where a message is to go, or refuses it by an exception; then it stays. */
    interface Target {
        /**
         * Where a message is to go.
         *
         * @return a buffer with room for it
         */
        ByteBuffer of(boolean raw, int length) throws IOException;
    }

    /**
     * Waits until a message has begun to come or none can come any more.
     *
     * @return false if the deadline passed
     */
    boolean poll(long deadline, Attachment<?> use) throws InterruptedException {
        return isReceivable() || messages.await(new Arrival(use), deadline);
    }

    /** Whether a receiver need not wait; skips what nobody can use. */
    boolean isReceivable() {
        return isMessageThere() || isEnded();
    }

    /** Whether a receiver need not wait. Without any effect, so that it may be asked by any thread. */
    private boolean isReadable() {
        long head = frames.head();
        if (frames.tail() == head) {
            return isEnded();
        }
        return !isRest(head) || !participant.table().isMember(receivers.holder()) || frames.head() != head;
    }

    /** For people: what lies here, and who waits. Without a lock, so of a moment between. */
    String describe() {
        long bytes = Math.max(0, frames.tail() - frames.head());
        return (bytes == 0 ? "nothing on its way" : bytes + " bytes on their way")
                + Descriptions.waiting(participant, messages)
                + Descriptions.waiting(participant, rooms);
    }

    WaitPoint.Watch watch(Attachment<?> use, Runnable signal) {
        return messages.watch(new Arrival(use), signal);
    }

    /** Receives a message: the target's buffer, filled. */
    ByteBuffer receive(Target target, long deadline, Attachment<?> use)
            throws IOException, InterruptedException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        while (true) {
            if (!isMessageThere()) {
                await(messages, new Arrival(use), deadline, "no message");
                if (isEnded()) {
                    throw new EndOfPipeException(Deaths.label(block), deaths(senderSide));
                }
            }
            lock(receivers, deadline, use);
            try {
                skipRests();
                ByteBuffer message = take(target, deadline, use);
                if (message != null) {
                    return message;
                }
            } finally {
                receivers.unlock();
            }
        }
    }

    /** Returns null if there is no message, or it was a long one whose sender gave up or died. */
    private @Nullable ByteBuffer take(Target target, long deadline, Attachment<?> use)
            throws IOException, InterruptedException, TimeoutException {
        long head = frames.head();
        if (frames.tail() == head) {
            return null;
        }
        int kind = frames.kind(head);
        int length = frames.length(head);
        boolean raw = (kind & Frames.RAW) != 0;
        if (Frames.place(kind) == Frames.FIRST) {
            ByteBuffer message = target.of(raw, (int) frames.extra(head));
            return takeParts(head, message, deadline, use) ? message : null;
        }
        ByteBuffer message = target.of(raw, length);
        frames.copy(head, length, message);
        FaultPoint.reached("pipe.copied");
        frames.pass(head, length, true);
        FaultPoint.reached("pipe.received");
        record(EventCode.MESSAGE_RECEIVED, frames.received());
        rooms.ringAll();
        return message;
    }

    /** Returns false if the sender gave up or died. */
    private boolean takeParts(long id, ByteBuffer message, long deadline, Attachment<?> use)
            throws InterruptedException, TimeoutException {
        boolean interrupted = false;
        boolean done = false;
        try {
            for (long head = id; !done; ) {
                if (frames.tail() == head) {
                    try {
                        if (!messages.await(new Part(id, head, use), patient(deadline)) && frames.again(id)) {
                            done = true;
                            throw new TimeoutException(
                                    Deaths.label(block) + ": the rest of a message did not come within the timeout");
                        }
                    } catch (InterruptedException e) {
                        if (frames.again(id)) {
                            done = true;
                            throw e;
                        }
                        interrupted = true; // all is here, and this message is nobody else's any more
                    }
                    if (frames.tail() == head && hasEnded(id, head)) {
                        done = true;
                        return false;
                    }
                    continue;
                }
                int place = Frames.place(frames.kind(head));
                if (place <= Frames.FIRST ? head != id : frames.extra(head) != id) {
                    done = true;
                    return false; // another message begins
                }
                int length = frames.length(head);
                frames.copy(head, length, message);
                done = place == Frames.LAST;
                FaultPoint.reached("pipe.part-copied");
                head = frames.pass(head, length, done);
                FaultPoint.reached(done ? "pipe.last-received" : "pipe.part-received");
                rooms.ringAll();
            }
            record(EventCode.MESSAGE_RECEIVED, frames.received());
            return true;
        } finally {
            if (!done) {
                frames.again(id); // this handle was closed, or no memory is left
            }
            FaultPoint.reached("pipe.put-together");
            messages.ringAll(); // others have slept since the lock was held, whatever came in the meantime
            rooms.ringAll();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether no more parts of a message come, those that are there apart. */
    private boolean hasEnded(long id, long head) {
        // In this order: what was sent before its sender had done with it is there.
        return isAbandoned(id) && frames.tail() == head;
    }

    /** Whether nobody sends a long message any more, because all of it was sent or its sender gave up or died. */
    private boolean isAbandoned(long id) {
        if (!frames.isOpen(id)) {
            return true;
        }
        long sender = senders.holder();
        return sender == 0 || !participant.table().isMember(sender);
    }

    /** Parts that nobody can use: their beginning went to somebody who gave up or died, or their end was never sent. */
    private void skipRests() {
        for (long head = frames.head(); frames.tail() != head && isRest(head); ) {
            int place = Frames.place(frames.kind(head));
            if (place != Frames.FIRST) {
                frames.again(frames.extra(head));
            }
            FaultPoint.reached("pipe.asked-again");
            head = frames.pass(head, frames.length(head), place == Frames.LAST);
            FaultPoint.reached("pipe.skipped");
            rooms.ringAll();
        }
    }

    /** Whether nobody can use the frame at HEAD. Nonsense if HEAD moves meanwhile. */
    private boolean isRest(long head) {
        int place = Frames.place(frames.kind(head));
        return place == Frames.FIRST ? isAbandoned(head) && !frames.isComplete(head) : place > Frames.FIRST;
    }

    private boolean isMessageThere() {
        while (true) {
            long head = frames.head();
            if (frames.tail() == head) {
                return false;
            }
            boolean rest = isRest(head);
            if (frames.head() != head) {
                continue; // somebody took it, and its bytes may be another frame's
            }
            if (!rest) {
                return true;
            }
            if (!receivers.tryLock()) {
                return false; // somebody puts a message together
            }
            try {
                skipRests();
            } finally {
                receivers.unlock();
            }
        }
    }

    private boolean isEnded() {
        return !owners.isAnyLiving(senderSide) && frames.tail() == frames.head();
    }

    // Waiting

    private void lock(RobustLock lock, long deadline, Attachment<?> use) throws InterruptedException, TimeoutException {
        if (!lock.tryFast() && !lock.lock(deadline, true, use::requireOpen)) {
            throw new TimeoutException(Deaths.label(block) + " was used by another thread all the time");
        }
    }

    private <A extends Attempt & BooleanSupplier> void await(Place place, A attempt, long deadline, String missing)
            throws InterruptedException, TimeoutException {
        if (!place.await(attempt, deadline)) {
            throw new TimeoutException(Deaths.label(block) + ": " + missing + " within the timeout");
        }
    }

    private static long patient(long deadline) {
        if (deadline == Deadline.NEVER) {
            return deadline;
        }
        long stalled = Deadline.inNanos(STALL_NANOS);
        return stalled - deadline > 0 ? stalled : deadline;
    }

    private void record(int kind, long number) {
        participant.record(kind, block.gen(), number);
    }

    private List<OwnerDeath> deaths(int side) {
        List<OwnerDeath> deaths = new ArrayList<>();
        for (long owner : owners.dead(side)) {
            deaths.add(Deaths.of(participant, owner, "", "its other end", System.currentTimeMillis()));
        }
        return deaths;
    }

    /** Where threads wait for messages, or for room. A ring is for all of them: they wait for different things. */
    private final class Place extends WaitPoint {
        private final RobustLock changer;

        Place(RobustLock changer, int bitmap, long id) {
            super(participant.waiting(), block.memory(), bitmap, id, true);
            this.changer = changer;
        }

        <A extends Attempt & BooleanSupplier> boolean await(A attempt, long deadline) throws InterruptedException {
            Recorder on = participant.recorderOrNull();
            if (on == null || attempt.tryOnce(0)) {
                return await(attempt, deadline, true, attempt);
            }
            on.record(EventCode.WAIT_BEGIN, block.gen(), 0);
            int end = EventCode.WAIT_INTERRUPTED;
            try {
                boolean got = await(attempt, deadline, true, attempt);
                end = got ? EventCode.WAIT_END : EventCode.WAIT_TIMED_OUT;
                return got;
            } finally {
                on.record(end, block.gen(), 0);
            }
        }

        void ringHere() {
            ringSlot(Owner.slot(participant.self()));
        }

        @Override
        protected boolean ready() {
            return isAnyWorthWaking();
        }

        /** Who changes what is waited for rings before it gives its lock back. */
        @Override
        protected boolean ringUnderWay() {
            return participant.table().isMember(changer.holder());
        }
    }

    /** Waits for a message, or the end. */
    private final class Arrival implements Attempt, BooleanSupplier {
        private final Attachment<?> use;

        Arrival(Attachment<?> use) {
            this.use = use;
        }

        @Override
        public boolean tryOnce(long waitedNanos) {
            use.requireOpen();
            return isReceivable();
        }

        @Override
        public boolean getAsBoolean() {
            return use.isClosed() || isReadable();
        }
    }

    /** Waits for the next part of a message, or until none will come. */
    private final class Part implements Attempt, BooleanSupplier {
        private final long id;
        private final long head;
        private final Attachment<?> use;

        Part(long id, long head, Attachment<?> use) {
            this.id = id;
            this.head = head;
            this.use = use;
        }

        @Override
        public boolean tryOnce(long waitedNanos) {
            use.requireOpen();
            return frames.tail() != head || hasEnded(id, head);
        }

        @Override
        public boolean getAsBoolean() {
            return use.isClosed() || frames.tail() != head || hasEnded(id, head);
        }
    }

    /** Waits for room. */
    private class Room implements Attempt, BooleanSupplier {
        private final int frame;
        private final Attachment<?> use;

        Room(int frame, Attachment<?> use) {
            this.frame = frame;
            this.use = use;
        }

        @Override
        public boolean tryOnce(long waitedNanos) {
            use.requireOpen();
            return isThere();
        }

        @Override
        public boolean getAsBoolean() {
            return use.isClosed() || isThere();
        }

        boolean isThere() {
            return frames.room() >= frame || isBroken();
        }
    }

    /** Waits for room for a part, or until the message is wanted from its beginning. */
    private final class PartRoom extends Room {
        private final long id;

        PartRoom(long id, int frame, Attachment<?> use) {
            super(frame, use);
            this.id = id;
        }

        @Override
        boolean isThere() {
            return super.isThere() || !frames.isOpen(id);
        }
    }
}

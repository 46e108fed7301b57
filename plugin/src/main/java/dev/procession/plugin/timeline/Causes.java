package dev.procession.plugin.timeline;

import dev.procession.plugin.timeline.Draft.Track;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what let somebody go on. The record puts what gives before the moment at which it is given, and what takes after
 * it: so whoever gave last before a wait was over, and after it began, is the one that ended it.
 */
final class Causes {
    private final Map<Integer, Cause> givers = new HashMap<>();
    private final Map<Integer, Deque<Signal>> signals = new HashMap<>();
    private final Map<Message, List<Cause>> messages = new HashMap<>();
    private final Map<Message, Track> takers = new HashMap<>();

    /** Somebody gives the object, or sets it, or lets all go. */
    void gives(int object, Track who, long sequence, long nanos) {
        givers.put(object, new Cause(who, sequence, nanos));
    }

    /** Somebody signals so many waiters: each takes one signal. */
    void signals(int object, Track who, long sequence, long nanos, long waiters) {
        signals.computeIfAbsent(object, key -> new ArrayDeque<>())
                .add(new Signal(new Cause(who, sequence, nanos), waiters));
    }

    /** Somebody sends, or puts, a message. */
    void sends(int object, long number, Track who, long sequence, long nanos) {
        // Two at most: the ends of a pipe count each for itself.
        List<Cause> senders = messages.computeIfAbsent(new Message(object, number), key -> new ArrayList<>(1));
        senders.add(new Cause(who, sequence, nanos));
    }

    /** Somebody takes a message, or an item. Returns who had it before. */
    Optional<Track> takes(int object, long number, Track who) {
        return Optional.ofNullable(takers.put(new Message(object, number), who));
    }

    /** Why a wait for the object, which began at {@code since}, is over for {@code waiter}. */
    Optional<Cause> ofWake(int object, Track waiter, long since) {
        Cause giver = givers.get(object);
        Deque<Signal> queue = signals.get(object);
        while (queue != null && !queue.isEmpty()) {
            Signal oldest = queue.peek();
            if (oldest.left > 0 && oldest.cause.sequence() > since) {
                oldest.left--;
                giver = oldest.cause;
                break;
            }
            queue.remove();
        }
        return Optional.ofNullable(giver).filter(cause -> cause.sequence() > since && cause.who() != waiter);
    }

    /** Who sent the message that {@code receiver} has. */
    Optional<Cause> ofMessage(int object, long number, Track receiver) {
        List<Cause> senders = messages.getOrDefault(new Message(object, number), List.of());
        for (Cause sender : senders) {
            if (sender.who() != receiver) {
                return Optional.of(sender);
            }
        }
        return Optional.empty();
    }

    /** A moment at which somebody gave something. */
    record Cause(Track who, long sequence, long nanos) {}

    private record Message(int object, long number) {}

    private static final class Signal {
        private final Cause cause;
        private long left;

        private Signal(Cause cause, long left) {
            this.cause = cause;
            this.left = left;
        }
    }
}

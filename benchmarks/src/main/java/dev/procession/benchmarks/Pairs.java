package dev.procession.benchmarks;

import dev.procession.channel.Codec;
import dev.procession.channel.PipeEnd;
import dev.procession.channel.ProcessPipe;
import dev.procession.channel.ProcessQueue;
import dev.procession.channel.QueueOptions;
import dev.procession.session.Session;
import dev.procession.shared.SharedLong;
import dev.procession.sync.ProcessBarrier;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessSemaphore;
import java.io.IOException;

/** What two processes do with each other by Procession, and by a bare socket. */
final class Pairs {
    private static final String WAIT = "procession.wait";
    private static final String BLOCKING = "blocking";

    private Pairs() {}

    /** A counter in shared memory under one lock; one time is one increment of each process. */
    static PairContender counter() throws IOException {
        Session session = Session.create();
        ProcessLock lock = ProcessLock.create(session);
        SharedLong counter = SharedLong.create(session, 0);
        PairWork work = times -> {
            for (int i = 0; i < times; i++) {
                lock.lock();
                try {
                    counter.setPlain(counter.getPlain() + 1);
                } finally {
                    lock.unlock();
                }
            }
        };
        return new Pair("`ProcessLock`", "", work, work, session::close);
    }

    /** Two semaphores: one time is there and back. */
    static PairContender semaphores(boolean blocking) throws IOException {
        Session session = blocking ? blockingSession() : Session.create();
        ProcessSemaphore there = ProcessSemaphore.counting(session, 0);
        ProcessSemaphore back = ProcessSemaphore.counting(session, 0);
        return new Pair(
                blocking ? "`ProcessSemaphore`, `-Dprocession.wait=blocking`" : "`ProcessSemaphore`",
                blocking ? "-D" + WAIT + "=" + BLOCKING : "",
                times -> {
                    for (int i = 0; i < times; i++) {
                        there.release();
                        back.acquire();
                    }
                },
                times -> {
                    for (int i = 0; i < times; i++) {
                        there.acquire();
                        back.release();
                    }
                },
                session::close);
    }

    /** How threads of a session wait is read when this process enters it. */
    private static Session blockingSession() {
        System.setProperty(WAIT, BLOCKING);
        try {
            return Session.create();
        } finally {
            System.clearProperty(WAIT);
        }
    }

    /** One condition and whose turn it is: one time is two turns. */
    static PairContender condition() throws IOException {
        Session session = Session.create();
        ProcessLock lock = ProcessLock.create(session);
        ProcessCondition changed = ProcessCondition.create(lock);
        SharedLong turn = SharedLong.create(session, 0);
        return new Pair(
                "`ProcessCondition`",
                "",
                times -> takeTurns(lock, changed, turn, 0, times),
                times -> takeTurns(lock, changed, turn, 1, times),
                session::close);
    }

    private static void takeTurns(ProcessLock lock, ProcessCondition changed, SharedLong turn, long mine, int times)
            throws InterruptedException {
        for (int i = 0; i < times; i++) {
            lock.lock();
            try {
                while (turn.getPlain() != mine) {
                    changed.await();
                }
                turn.setPlain(1 - mine);
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Rounds of a barrier of two. */
    static PairContender barrier() throws IOException {
        Session session = Session.create();
        ProcessBarrier barrier = ProcessBarrier.create(session, 2);
        PairWork work = times -> {
            for (int i = 0; i < times; i++) {
                barrier.await();
            }
        };
        return new Pair("`ProcessBarrier`", "", work, work, session::close);
    }

    /** Two events: one time is set here, awaited there, and back. */
    static PairContender events() throws IOException {
        Session session = Session.create();
        ProcessEvent there = ProcessEvent.create(session);
        ProcessEvent back = ProcessEvent.create(session);
        return new Pair(
                "`ProcessEvent`",
                "",
                times -> {
                    for (int i = 0; i < times; i++) {
                        there.set();
                        back.await();
                        back.clear();
                    }
                },
                times -> {
                    for (int i = 0; i < times; i++) {
                        there.await();
                        there.clear();
                        back.set();
                    }
                },
                session::close);
    }

    /** A message of a few bytes; one time is there and back. */
    static PairContender pipe() throws IOException {
        Session session = Session.create();
        ProcessPipe<String> pipe = ProcessPipe.duplex(session, Codec.strings());
        PipeEnd<String> here = pipe.first();
        PipeEnd<String> there = pipe.second();
        return new Pair(
                "`ProcessPipe`",
                "",
                times -> {
                    for (int i = 0; i < times; i++) {
                        here.send("hello");
                        here.receive();
                    }
                },
                times -> {
                    for (int i = 0; i < times; i++) {
                        there.send(there.receive());
                    }
                },
                session::close);
    }

    /** Messages one after the other in one direction; one time is one of them. */
    static PairContender messagesOf(int bytes) throws IOException {
        Session session = Session.create();
        ProcessPipe<byte[]> pipe = ProcessPipe.duplex(session, Codec.bytes());
        PipeEnd<byte[]> here = pipe.first();
        PipeEnd<byte[]> there = pipe.second();
        byte[] message = new byte[bytes];
        return new Pair(
                "`ProcessPipe`",
                "",
                times -> {
                    for (int i = 0; i < times; i++) {
                        here.sendBytes(message);
                    }
                    here.receiveBytes();
                },
                times -> {
                    for (int i = 0; i < times; i++) {
                        there.receiveBytes();
                    }
                    there.sendBytes(new byte[0]);
                },
                session::close);
    }

    /** What waiting without spinning cannot beat: a byte over a socket, found by a selector. */
    static PairContender sockets() throws IOException {
        SocketEcho echo = SocketEcho.bind();
        String path = echo.path();
        return new Pair("a bare socket and selector", "", echo::call, times -> SocketEcho.answer(path, times), echo);
    }

    /** Numbers through a queue, from here to there; one time is one of them. */
    static PairContender queue(boolean anyObjects) throws IOException {
        Session session = Session.create();
        QueueOptions<Long> options = anyObjects ? QueueOptions.standard() : QueueOptions.of(Codec.longs());
        ProcessQueue<Long> queue = ProcessQueue.create(session, options);
        return new Pair(
                anyObjects ? "`ProcessQueue`" : "`ProcessQueue`, `Codec.longs()`",
                "",
                times -> {
                    for (long i = 0; i < times; i++) {
                        queue.put(i);
                    }
                },
                times -> {
                    for (long i = 0; i < times; i++) {
                        if (queue.take() != i) {
                            throw new IllegalStateException("out of order: " + i);
                        }
                    }
                },
                session::close);
    }

    /** Messages through a queue; at most 8 of them wait in it. */
    static PairContender queueOf(int bytes) throws IOException {
        Session session = Session.create();
        ProcessQueue<byte[]> queue =
                ProcessQueue.create(session, QueueOptions.of(Codec.bytes()).capacity(8));
        byte[] message = new byte[bytes];
        return new Pair(
                "`ProcessQueue`",
                "",
                times -> {
                    for (int i = 0; i < times; i++) {
                        queue.put(message);
                    }
                },
                times -> {
                    for (int i = 0; i < times; i++) {
                        if (queue.take().length != bytes) {
                            throw new IllegalStateException("cut off: " + i);
                        }
                    }
                },
                session::close);
    }
}

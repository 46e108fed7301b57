package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.internal.participant.ObjectType;
import dev.procession.session.Session;
import dev.procession.shared.SharedLongArray;
import dev.procession.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The last handle of an anonymous object is closed while a thread of the process is in the midst of it. */
@Timeout(60)
class CloseWhileUsedTest {
    private final TestSession test = new TestSession();
    private final Session session = test.session();

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    /** Takes every block that is free, again and again, and writes over it; longer than a block is kept unasked. */
    private void useFreeMemory() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            List<SharedLongArray> arrays = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                SharedLongArray array = SharedLongArray.create(session, 1 + i * 20);
                array.fill(-1);
                arrays.add(array);
            }
            Thread.sleep(100);
            for (SharedLongArray array : arrays) {
                for (long value : array.toArray()) {
                    assertEquals(-1, value, "somebody else wrote into this block");
                }
                array.close();
            }
        }
    }

    /** But for the table of threads that sleep for locks, if this process has needed one. */
    private void everythingIsFreed() throws InterruptedException {
        Eventually.holds(() -> objects() == 0, () -> objects() + " objects are left");
    }

    private int objects() {
        AtomicInteger count = new AtomicInteger();
        test.participant().heap().forEach(block -> {
            if (block.type() != ObjectType.WAIT_TABLE.code()) {
                count.incrementAndGet();
            }
        });
        return count.get();
    }

    private Future<Boolean> waiting(Callable<Boolean> wait) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Future<Boolean> waiter = test.thread(() -> {
            begun.countDown();
            return wait.call();
        });
        begun.await();
        Thread.sleep(100); // most likely asleep then; a thread that is not must be as safe
        return waiter;
    }

    @Test
    void lock_heldAndWaitedFor_staysWhatItIs() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        lock.lock();
        Future<Boolean> waiter = waiting(() -> {
            boolean got = lock.tryLock(50, TimeUnit.SECONDS);
            Thread.sleep(10);
            lock.unlock();
            return got;
        });
        lock.close();
        assertThrows(IllegalStateException.class, lock::lock);
        useFreeMemory();
        assertFalse(waiter.isDone(), "the lock was given away while it was held");
        lock.unlock();
        assertTrue(waiter.get());
        everythingIsFreed();
    }

    /** The shortest way of a lock asks nobody whether the session is open: it is barred when that is closed. */
    @Test
    void lock_takenWithoutAPause_endsWhenTheSessionIsClosed() throws Exception {
        Session other = Session.create();
        List<Future<Void>> loops = new ArrayList<>();
        CountDownLatch warm = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            ProcessLock lock = i % 2 == 0 ? ProcessLock.create(other) : ProcessReentrantLock.create(other);
            loops.add(test.thread(() -> {
                for (int round = 0; ; round++) {
                    lock.lock();
                    lock.unlock();
                    if (round == 50_000) { // compiled by then
                        warm.countDown();
                    }
                }
            }));
        }
        assertTrue(warm.await(30, TimeUnit.SECONDS));

        other.close();

        for (Future<Void> loop : loops) {
            ExecutionException e = assertThrows(ExecutionException.class, () -> loop.get(20, TimeUnit.SECONDS));
            assertTrue(e.getCause() instanceof IllegalStateException, e.toString());
        }
    }

    @Test
    void lock_heldByAThreadThatEnds_isFreed() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        test.thread(() -> {
            Thread holder = new Thread(() -> {
                lock.lock();
                lock.close();
            });
            holder.start();
            holder.join();
            return true;
        });
        everythingIsFreed();
    }

    @Test
    void condition_waitedFor_staysWhatItIs() throws Exception {
        ProcessLock lock = ProcessLock.create(session);
        ProcessCondition condition = lock.newCondition();
        Future<Boolean> waiter = waiting(() -> {
            lock.lock();
            boolean signalled = condition.await(2, TimeUnit.SECONDS);
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
            return signalled;
        });
        condition.close();
        lock.close();
        useFreeMemory();
        assertFalse(waiter.get());
        everythingIsFreed();
    }

    @Test
    void event_waitedFor_staysWhatItIs() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        Future<Boolean> waiter = waiting(() -> event.await(2, TimeUnit.SECONDS));
        event.close();
        useFreeMemory();
        assertFalse(waiter.get());
        everythingIsFreed();
    }

    @Test
    void semaphores_waitedFor_stayWhatTheyAre() throws Exception {
        ProcessSemaphore counting = ProcessSemaphore.create(session, 0, SemaphoreOptions.counting());
        ProcessSemaphore leased = ProcessSemaphore.create(session, 1, SemaphoreOptions.leased());
        leased.acquire();
        Future<Boolean> waiter = waiting(() -> counting.tryAcquire(2, TimeUnit.SECONDS));
        Future<Boolean> other = waiting(() -> leased.tryAcquire(2, TimeUnit.SECONDS));
        counting.close();
        leased.close();
        useFreeMemory();
        assertFalse(waiter.get());
        assertFalse(other.get());
        everythingIsFreed();
    }

    @Test
    void barrier_waitedFor_staysWhatItIs() throws Exception {
        ProcessBarrier barrier = ProcessBarrier.create(session, 2);
        Future<Boolean> waiter = waiting(() -> {
            barrier.await();
            return true;
        });
        ProcessBarrier copy = copy(barrier);
        barrier.close();
        copy.close();
        useFreeMemory();
        assertFalse(waiter.isDone());
        waiter.cancel(true);
        everythingIsFreed();
    }

    @Test
    void handle_thatComesBack_isTheSameObject() throws Exception {
        ProcessSemaphore semaphore = ProcessSemaphore.create(session, 3, SemaphoreOptions.counting());
        semaphore.acquire();
        byte[] form = bytes(semaphore);
        semaphore.close();
        try (ProcessSemaphore again = (ProcessSemaphore) object(form)) {
            assertEquals(2, again.availablePermits());
            useFreeMemory();
            assertEquals(2, again.availablePermits());
        }
        everythingIsFreed();
        assertThrows(Exception.class, () -> object(form));
    }

    /** A handle that was sent through this very process leaves the session to the session object that was open before. */
    @Test
    void session_closedWithACopyOfAHandleOpen_isLeft() throws Exception {
        Session own = Session.create();
        ProcessEvent event = ProcessEvent.create(own);
        ProcessEvent copy = copy(event);
        own.close();
        assertTrue(own.isClosed());
        assertThrows(IllegalStateException.class, copy::set);
        assertThrows(IllegalStateException.class, event::isSet);
        assertFalse(Files.exists(own.path()), "the last process has left: nothing stays on disk");
    }

    /** A tick that comes because a child died is none of those that an object is kept for. */
    @Test
    void handle_closed_isKeptForSomeTimeWhateverTheNumberOfTicks() throws Exception {
        ProcessEvent event = ProcessEvent.create(session);
        long began = System.nanoTime();
        event.close();
        for (int tick = 0; tick < 10; tick++) {
            test.participant().waiting().hurry();
            Thread.sleep(5);
        }
        int left = objects();
        if (System.nanoTime() - began < 200_000_000) {
            assertEquals(1, left, "a thread may still be in the midst of it");
        }
        everythingIsFreed();
    }

    /** Once it has left, others may get its memory and its slot. */
    @Test
    void session_closed_noThreadOfThisProcessIsInTheMidstOfIt() throws Exception {
        Session own = Session.create();
        ProcessEvent event = ProcessEvent.create(own);
        ProcessLock lock = ProcessLock.create(own);
        ProcessCondition condition = lock.newCondition();
        List<Future<?>> users = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            users.add(test.thread(() -> assertThrows(IllegalStateException.class, event::awaitUninterruptibly)));
            users.add(test.thread(() -> assertThrows(IllegalStateException.class, () -> {
                lock.lock();
                condition.await();
            })));
        }
        for (int i = 0; i < 4; i++) {
            users.add(test.thread(() -> assertThrows(IllegalStateException.class, () -> {
                while (true) {
                    SharedLongArray.create(own, 50_000).close();
                }
            })));
        }
        Thread.sleep(300);
        own.close();
        List<String> inMidst = new ArrayList<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            for (StackTraceElement frame : stack) {
                boolean waits = frame.getClassName().endsWith(".WaitPoint")
                        && frame.getMethodName().equals("sleep");
                boolean clears = frame.getClassName().endsWith(".Memory");
                if (waits || clears) {
                    inMidst.add(thread.getName() + " " + frame);
                }
            }
        });
        for (Future<?> user : users) {
            user.get();
        }
        assertEquals(List.of(), inMidst);
        assertFalse(Files.exists(own.path()));
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T handle) throws IOException, ClassNotFoundException {
        return (T) object(bytes(handle));
    }

    private static byte[] bytes(Object handle) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(handle);
        }
        return bytes.toByteArray();
    }

    private static Object object(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}

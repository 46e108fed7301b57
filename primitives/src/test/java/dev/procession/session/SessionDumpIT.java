package dev.procession.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.channel.Codec;
import dev.procession.channel.ProcessPipe;
import dev.procession.channel.ProcessQueue;
import dev.procession.channel.QueueOptions;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.shared.RecordLayout;
import dev.procession.shared.SharedBytes;
import dev.procession.shared.SharedInt;
import dev.procession.shared.SharedList;
import dev.procession.shared.SharedLongArray;
import dev.procession.shared.SharedRecord;
import dev.procession.sync.ProcessBarrier;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessReentrantLock;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.sync.SemaphoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link Session#dump} says of everything that can be in a session. */
@Timeout(60)
class SessionDumpIT {
    private static void has(String dump, String pattern) {
        assertTrue(dump.lines().anyMatch(line -> line.matches(pattern)), pattern + " is no line of\n" + dump);
    }

    @Test
    void dump_saysWhatExistsAndWhoHoldsAndWaits() throws Exception {
        try (Session session = Session.create();
                ProcessLock lock = ProcessLock.open(session, "journal");
                ProcessReentrantLock reentrant = ProcessReentrantLock.create(session);
                ProcessCondition condition = ProcessCondition.open(session, "not empty", lock);
                ProcessEvent event = ProcessEvent.open(session, "ready");
                ProcessSemaphore permits = ProcessSemaphore.open(session, "permits", 3, SemaphoreOptions.leased());
                ProcessSemaphore counting = ProcessSemaphore.open(session, "slots", 2, SemaphoreOptions.counting());
                ProcessBarrier barrier = ProcessBarrier.create(session, 2);
                ProcessQueue<String> queue = ProcessQueue.create(session, "jobs", QueueOptions.of(Codec.strings()));
                SharedInt number = SharedInt.create(session, 5);
                SharedLongArray array = SharedLongArray.create(session, 7);
                SharedBytes bytes = SharedBytes.create(session, 9);
                SharedRecord record = SharedRecord.create(
                        session, RecordLayout.builder().field("age", int.class).build());
                SharedList list = SharedList.of(session, "a", 1L)) {
            ProcessPipe<Object> pipe = ProcessPipe.oneWay(session);
            queue.put("a");
            queue.put("b");
            ChildProcess child =
                    ChildProcess.of(ChildOptions.builder().name("holder").build(), () -> {
                        permits.acquire(2);
                        lock.lock();
                        counting.release();
                        event.await();
                        lock.unlock();
                    });
            child.start();
            counting.acquire(3); // the child's is the third
            Thread waiter = new Thread(lock::lock, "patient");
            waiter.start();
            String dump = session.dump();
            for (int i = 0;
                    i < 1000 && !(dump.contains("at least since") && dump.contains("unset; waited for by"));
                    i++) {
                Thread.sleep(10);
                dump = session.dump();
            }
            String me = "process " + ProcessHandle.current().pid() + " \\(MainProcess\\)";
            String other = "process " + child.pid() + " \\(holder\\)";
            has(dump, "session /.*");
            has(dump, "  memory: \\d+ objects, \\d+ bytes used, \\d+ free in 1 segments");
            has(dump, "  " + ProcessHandle.current().pid() + " \\(MainProcess\\): this one");
            has(dump, "  " + child.pid() + " \\(holder\\)");
            has(dump, "  lock \"journal\": held by " + other + " at least since \\S+; waited for by 1 thread of " + me);
            has(dump, "  reentrant lock \\S+: free");
            has(dump, "  condition \"not empty\" of lock \\S+: 0 threads wait that were not signalled");
            has(dump, "  event \"ready\": unset; waited for by " + other);
            has(dump, "  leased semaphore \"permits\": 1 permits available, .*" + other + ".*");
            has(dump, "  semaphore \"slots\": 0 permits available, .*");
            has(dump, "  barrier \\S+: 0 of 2 parties have arrived");
            has(dump, "  number \\S+: int");
            has(dump, "  array \\S+: long\\[7\\]");
            has(dump, "  bytes \\S+: byte\\[9\\]");
            has(dump, "  record \\S+: record \\{.*age.*\\}\\[1\\]");
            has(dump, "  list \\S+: 2 values");
            has(dump, "  queue \"jobs\": 2 items");
            has(dump, "  pipe \\S+: nothing on its way; received from by " + me + "; sent into by " + me);
            has(dump, "deadlocks: 0");
            child.kill();
            child.join();
            waiter.join();
            for (int i = 0; i < 1000 && !dump.contains("inconsistent"); i++) {
                Thread.sleep(10);
                dump = session.dump();
            }
            has(dump, "  " + child.pid() + " \\(holder\\): ended, exit code -9, seen \\S+");
            has(dump, "  lock \"journal\": free; inconsistent: .*thread patient.*");
            assertFalse(dump.contains("waited for"), dump);
        }
    }
}

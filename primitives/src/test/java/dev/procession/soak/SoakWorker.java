package dev.procession.soak;

import dev.procession.process.ChildTask;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessReentrantLock;
import dev.procession.sync.ProcessSemaphore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Uses every synchroniser at random until it is told to stop, or killed. */
final class SoakWorker implements ChildTask {
    private static final long serialVersionUID = 1L;

    /** PF_EXITING of Linux. */
    private static final long EXITING = 4;

    private final String witnessFile;
    private final int place;
    private final long seed;
    private final int permits;
    private final ProcessLock lock;
    private final ProcessReentrantLock reentrant;
    private final ProcessCondition condition;
    private final ProcessSemaphore semaphore;
    private final ProcessEvent event;
    private transient long acquired;

    SoakWorker(
            Path witnessFile,
            int place,
            long seed,
            int permits,
            ProcessLock lock,
            ProcessReentrantLock reentrant,
            ProcessCondition condition,
            ProcessSemaphore semaphore,
            ProcessEvent event) {
        this.witnessFile = witnessFile.toString();
        this.place = place;
        this.seed = seed;
        this.permits = permits;
        this.lock = lock;
        this.reentrant = reentrant;
        this.condition = condition;
        this.semaphore = semaphore;
        this.event = event;
    }

    @Override
    public void run() throws Exception {
        Witness witness = new Witness(Path.of(witnessFile));
        Random random = new Random(seed);
        long pid = ProcessHandle.current().pid();
        while (witness.get(Witness.STOP) == 0) {
            int step = random.nextInt(6);
            witness.set(Witness.LAST + place, step + 1);
            switch (step) {
                case 0 -> inLock(witness, pid, random);
                case 1 -> inReentrant(witness, pid, random);
                case 2 -> withPermit(witness, pid, random);
                case 3 -> {
                    event.set();
                    event.clear();
                }
                case 4 -> event.await(random.nextInt(3), TimeUnit.MILLISECONDS);
                default -> onCondition(witness, pid, random);
            }
            witness.add(Witness.STEPS + place, 1);
        }
    }

    private void inLock(Witness witness, long pid, Random random) {
        lock.lock();
        try {
            enter(witness, Witness.IN_LOCK, pid, lock.ownerDeath().isPresent());
            long before = witness.get(Witness.PLAIN);
            witness.add(Witness.ATOMIC, 1);
            dwell(random);
            witness.set(Witness.PLAIN, before + 1);
            witness.set(Witness.IN_LOCK, 0);
        } finally {
            lock.unlock();
        }
    }

    private void inReentrant(Witness witness, long pid, Random random) {
        reentrant.lock();
        try {
            enter(witness, Witness.IN_REENTRANT, pid, reentrant.ownerDeath().isPresent());
            reentrant.lock();
            dwell(random);
            reentrant.unlock();
            witness.set(Witness.IN_REENTRANT, 0);
        } finally {
            reentrant.unlock();
        }
    }

    private void onCondition(Witness witness, long pid, Random random) throws InterruptedException {
        lock.lock();
        try {
            enter(witness, Witness.IN_LOCK, pid, lock.ownerDeath().isPresent());
            witness.set(Witness.IN_LOCK, 0);
            if (random.nextBoolean()) {
                condition.await(random.nextInt(3), TimeUnit.MILLISECONDS);
                enter(witness, Witness.IN_LOCK, pid, lock.ownerDeath().isPresent());
                witness.set(Witness.IN_LOCK, 0);
            } else if (random.nextBoolean()) {
                condition.signal();
            } else {
                condition.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void withPermit(Witness witness, long pid, Random random) throws InterruptedException {
        if (!semaphore.tryAcquire(5, TimeUnit.SECONDS)) {
            witness.add(Witness.FAULTS, 1);
            System.out.println("no permit in 5 s: " + semaphore);
            return;
        }
        try {
            witness.set(Witness.PERMITS + place, pid << 24 | (++acquired & 0xffffff));
            List<Long> inside = holders(witness);
            // The same stays in two looks: all of them were inside between the two.
            if (inside.size() > permits && inside.equals(holders(witness))) {
                witness.add(Witness.FAULTS, 1);
                System.out.println(inside.size() + " living processes have " + permits + " permits: " + semaphore);
            }
            dwell(random);
            witness.set(Witness.PERMITS + place, 0);
        } finally {
            semaphore.release();
        }
    }

    /** The stays of living processes with a permit, each of which is counted anew. */
    private static List<Long> holders(Witness witness) {
        List<Long> holders = new ArrayList<>();
        for (int place = 0; place < SessionSoakIT.WORKERS; place++) {
            long stay = witness.get(Witness.PERMITS + place);
            if (stay != 0 && isAlive(stay >>> 24)) {
                holders.add(stay);
            }
        }
        return holders;
    }

    /** Stays inside for a while, so that many of the kills come then; mostly asleep, so that the next worker gets to boot. */
    private static void dwell(Random random) {
        if (random.nextInt(4) != 0) {
            LockSupport.parkNanos(random.nextInt(500_000));
            return;
        }
        long until = System.nanoTime() + random.nextInt(500_000);
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /** Whoever finds somebody else inside must have been told of a death, and that one must be dead. */
    private static void enter(Witness witness, int cell, long pid, boolean toldOfDeath) {
        long found = witness.get(cell);
        if (found != 0) {
            witness.add(Witness.DIED_INSIDE, 1);
            if (isAlive(found)) {
                witness.add(Witness.FAULTS, 1);
                System.out.println("process " + found + " lives and is inside, too: cell " + cell);
            }
            if (!toldOfDeath) {
                witness.add(Witness.FAULTS, 1);
                System.out.println("process " + found + " died inside, and the next owner was not told: cell " + cell);
            }
        }
        if (toldOfDeath) {
            witness.add(Witness.DEATHS_SEEN, 1);
        }
        witness.set(cell, pid);
    }

    /**
     * Whether a process can still do something. A process that was killed gives up its files, and with them its part in the
     * session, a moment before it is a zombie, and a zombie is alive for a ProcessHandle: Linux tells by a flag.
     */
    private static boolean isAlive(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(stat)) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
        try {
            String text = Files.readString(stat);
            List<String> fields =
                    List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
            boolean over = fields.get(0).equals("Z") || fields.get(0).equals("X");
            return !over && (Long.parseLong(fields.get(6)) & EXITING) == 0;
        } catch (IOException e) {
            return false; // it has just gone
        }
    }
}

package school;

import dev.procession.session.Session;
import dev.procession.shared.SharedInt;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessLock;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;

/** A row of seats that several processes sell. */
public class Seats implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int count;
    private final SharedInt sold;
    private final ProcessLock lock;

    public Seats(Session session, int count) {
        this.count = count;
        this.sold = SharedInt.create(session, 0);
        this.lock = ProcessLock.create(session, "cash box", LockOptions.standard());
    }

    /** Runs in the children: sells until nothing is left. */
    public void sell() throws InterruptedException {
        while (sellOne()) {
            TimeUnit.MILLISECONDS.sleep(10); // the next guest comes
        }
    }

    private boolean sellOne() throws InterruptedException {
        lock.lock();
        try {
            int next = sold.get() + 1;
            if (next > count) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5); // without the lock the other one would read the same number now
            sold.set(next);
            System.out.println("seat " + next);
            return true;
        } finally {
            lock.unlock();
        }
    }
}

package dev.procession.plugin.lecture.example;

import dev.procession.pool.PoolTask;
import dev.procession.process.ChildProcess;
import dev.procession.shared.SharedLong;
import java.util.concurrent.TimeUnit;

/** Tasks for the pool of 11. A task travels to a worker with its fields; what it returns or throws travels back. */
sealed interface Chore extends PoolTask<Integer> {

    /** One that is done. */
    record Square(int number) implements Chore {
        @Override
        public Integer call() {
            return number * number;
        }

        @Override
        public String toString() {
            return number + " x " + number;
        }
    }

    /** One that throws. */
    record Failing(String words) implements Chore {
        @Override
        public Integer call() {
            throw new IllegalStateException(words);
        }

        @Override
        public String toString() {
            return "throws";
        }
    }

    /** One that tells the pid of its worker, and then is at it until that is killed. */
    record Endless(SharedLong pid) implements Chore {
        @Override
        public Integer call() throws InterruptedException {
            pid.set(ChildProcess.current().pid());
            TimeUnit.HOURS.sleep(1);
            return 0;
        }

        @Override
        public String toString() {
            return "endless";
        }
    }
}

package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.shared.SharedInt;
import dev.procession.shared.SharedIntArray;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessReentrantLock;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** What the processes of 04 share. Its fields are handles: in every process they lead to the same lock, number and array. */
class Journal implements Serializable {
    private static final long serialVersionUID = 1L;

    final ProcessReentrantLock lock;
    final SharedInt counter;
    final SharedIntArray latest;
    final String file;
    final Occupancy inside;
    private final Notebook notebook;
    private final Duration moment;

    Journal(Stage stage, int writers) {
        lock = ProcessReentrantLock.create(stage.session(), "lock", LockOptions.standard());
        counter = SharedInt.create(stage.session(), "counter", 0);
        latest = SharedIntArray.create(stage.session(), "latest", writers);
        file = stage.file("journal").toString();
        inside = new Occupancy(stage.session());
        notebook = stage.notebook();
        moment = stage.wait(Duration.ofMillis(500)).dividedBy(20);
    }

    /** Runs in the children. */
    void write(int writer, int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            lock.lock();
            try {
                inside.enter();
                int number = counter.get() + 1;
                notebook.spend("write", moment); // without the lock, others would read the old number meanwhile
                counter.set(number);
                keep(writer, number);
                append(number);
                inside.leave();
            } finally {
                lock.unlock();
            }
            notebook.spend("sleep", moment); // the lock is given back: nobody waits for one that sleeps
        }
    }

    void keep(int writer, int number) {
        latest.set(writer, number);
    }

    /** Takes the lock a second time: a reentrant lock lets its holder in again. */
    void append(int number) throws IOException {
        lock.lock();
        try {
            Files.writeString(Path.of(file), number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } finally {
            lock.unlock();
        }
    }
}

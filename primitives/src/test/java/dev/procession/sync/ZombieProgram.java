package dev.procession.sync;

import dev.procession.session.Session;
import java.nio.file.Path;

/** A program that nobody of this library started: takes the lock "journal" of a session and keeps it. */
final class ZombieProgram {
    private ZombieProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        Session session = Session.attach(Path.of(arguments[0]));
        ProcessLock.attach(session, "journal").lock();
        Thread.sleep(100_000);
    }
}

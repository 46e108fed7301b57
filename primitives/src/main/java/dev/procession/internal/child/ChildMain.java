package dev.procession.internal.child;

import dev.procession.internal.log.LibraryLog;
import dev.procession.internal.wire.FrameType;
import dev.procession.internal.wire.FrameWriter;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The main class of every child. Reads the start message from standard input, runs the body, and ends as Java programs
 * do: after the last thread that is not a daemon.
 *
 * <p>Standard output is the pipe to the parent: {@code System.out} and {@code System.err} are framed into it, so that
 * their order is kept, and a program's text never mixes with a message. {@code System.in} is empty.
 */
public final class ChildMain {
    /** Argument: the start message comes later, there is time to get warm. */
    static final String SPARE = "spare";

    /** What a JVM returns after SIGTERM. */
    static final int TERMINATED = 143;

    /** How long the shutdown hooks of an orphan may run before it is halted. */
    private static final long ORPHAN_GRACE_MILLIS = 1000;

    /** How often a child whose hooks take long looks whether its parent is there. */
    private static final long ORPHAN_LOOK_MILLIS = 200;

    /** Linux: opens the same pipe once more, and never waits for its other end, which has no name. Elsewhere it is not there. */
    private static final String OWN_DESCRIPTORS = "/proc/self/fd/";

    private ChildMain() {}

    /**
     * Runs the child.
     *
     * @param arguments {@link #SPARE} and the class name of a runner, or nothing
     * @throws IOException when the pipes to the parent cannot be used
     */
    public static void main(String[] arguments) throws IOException {
        FrameWriter toParent = new FrameWriter(ownOutput(), FrameWriter.ATOMIC_FRAME);
        InputStream fromParent = ownInput();
        System.setIn(InputStream.nullInputStream());
        System.setOut(framed(toParent, FrameType.OUTPUT));
        PrintStream err = framed(toParent, FrameType.ERROR_OUTPUT);
        System.setErr(err);

        if (arguments.length > 1 && arguments[0].equals(SPARE)) {
            warmUp(arguments[1]);
        }
        ParentLink link = new ParentLink(fromParent, toParent);
        ParentWatch watch = new ParentWatch(link);
        Runtime.getRuntime().addShutdownHook(new ExitNotice(toParent, link, watch));
        StartMessage start = link.awaitStart();
        if (start == null) {
            // The parent died while this JVM booted.
            Runtime.getRuntime().halt(1);
            return;
        }
        if (start.argumentFile() != null) {
            new File(start.argumentFile()).delete();
        }
        ParentLink.install(link);
        if (!start.log().isEmpty() || System.getProperty(LibraryLog.PROPERTY) != null) {
            LibraryLog.inherit(start.name(), start.log());
        }
        watch.survives = start.survivesParent();
        watch.start();
        int code = run(start, toParent, err);
        if (code != 0) {
            awaitOtherThreads();
            System.exit(code);
        }
    }

    /**
     * The pipe to the parent, where the system allows it under a descriptor of its own: a body that closes descriptor 1,
     * as a stream over {@link FileDescriptor#out} does in a try block, would close the pipe under our feet, and its
     * parent would wait for an answer as long as this process lives.
     */
    private static FileOutputStream ownOutput() {
        try {
            return new FileOutputStream(OWN_DESCRIPTORS + "1");
        } catch (FileNotFoundException e) {
            return new FileOutputStream(FileDescriptor.out);
        }
    }

    /** As {@link #ownOutput}: to close descriptor 0 would look like the parent's death. */
    private static FileInputStream ownInput() {
        try {
            return new FileInputStream(OWN_DESCRIPTORS + "0");
        } catch (FileNotFoundException e) {
            return new FileInputStream(FileDescriptor.in);
        }
    }

    private static int run(StartMessage start, FrameWriter toParent, PrintStream err) {
        try {
            return runner(start.runner()).run(start.body());
        } catch (Throwable thrown) { // everything that a body throws is its result
            RemoteFailure failure = RemoteFailure.of(thrown);
            err.print("Exception in process \"" + start.name() + "\" " + failure.stack());
            try {
                toParent.write(FrameType.FAILURE, failure.encode());
            } catch (IOException e) {
                // The parent has gone; the text and the exit code are all that is left.
            }
            return 1;
        }
    }

    private static ChildRunner runner(String className) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(className).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (ChildRunner) constructor.newInstance();
    }

    private static void warmUp(String runner) {
        try {
            runner(runner).warmUp();
            StartMessage message =
                    new StartMessage("", false, false, 0, "", new byte[0], null, "", runner, new byte[0]);
            StartMessage.decode(message.encode());
            Class.forName(ParentWatch.class.getName());
            Class.forName(ExitNotice.class.getName());
        } catch (Throwable e) { // it will be told by the body that needs what does not work
            return;
        }
    }

    private static PrintStream framed(FrameWriter toParent, FrameType type) {
        return new PrintStream(new FramedOutput(toParent, type), true, StandardCharsets.UTF_8);
    }

    /** Ends this JVM with its shutdown hooks, from a thread that does not wait for them. */
    static void exitSoon(String threadName, int code) {
        Thread thread = new Thread(null, new Exit(code), threadName, 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    /** A child with an exit code of its own ends no earlier than one that returns: after its last thread. */
    private static void awaitOtherThreads() {
        Thread other = otherThread();
        while (other != null) {
            try {
                other.join();
            } catch (InterruptedException e) {
                return;
            }
            other = otherThread();
        }
    }

    private static @Nullable Thread otherThread() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = root.getParent(); parent != null; parent = parent.getParent()) {
            root = parent;
        }
        Thread[] threads = new Thread[root.activeCount() + 16];
        int count = root.enumerate(threads);
        for (int i = 0; i < count; i++) {
            Thread thread = threads[i];
            if (thread != null && !thread.isDaemon() && thread != Thread.currentThread()) {
                return thread;
            }
        }
        return null;
    }

    /** A class, since the first lambda costs a JVM some milliseconds. */
    private static final class Exit implements Runnable {
        private final int code;

        Exit(int code) {
            this.code = code;
        }

        @Override
        public void run() {
            System.exit(code);
        }
    }

    /** Sends each piece of text as it is written: what a program has printed survives its SIGKILL. */
    private static final class FramedOutput extends OutputStream {
        private final FrameWriter toParent;
        private final FrameType type;

        FramedOutput(FrameWriter toParent, FrameType type) {
            this.toParent = toParent;
            this.type = type;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            if (length > 0) {
                toParent.write(type, source, offset, length);
            }
        }
    }

    /**
     * Tells the parent that this JVM ends, and whether by itself, so that {@code System.exit(137)} is not taken for
     * SIGKILL. After a signal, a JVM runs its hooks from a thread that it names after the signal.
     *
     * <p>The parent answers by closing its end of this JVM's standard input. Without that the exit would take 300 ms: so
     * long a JVM waits for threads that are blocked in native code, as the watch is in its read.
     */
    private static final class ExitNotice extends Thread {
        private static final long ANSWER_MILLIS = 50;

        private final FrameWriter toParent;
        private final ParentLink link;
        private final ParentWatch watch;

        ExitNotice(FrameWriter toParent, ParentLink link, ParentWatch watch) {
            super(null, null, "procession exit notice", 0, false);
            this.toParent = toParent;
            this.link = link;
            this.watch = watch;
        }

        @Override
        public void run() {
            watch.exiting = true;
            try {
                toParent.write(FrameType.EXITING, new byte[] {(byte) (isAfterSignal() ? 0 : 1)});
                link.awaitParentEnd(TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS));
            } catch (IOException e) {
                // Nobody is there who could be told.
            } catch (InterruptedException e) {
                // A hook that ends early does no harm.
            }
        }

        private static boolean isAfterSignal() {
            ThreadGroup group = Thread.currentThread().getThreadGroup();
            while (group.getParent() != null) {
                group = group.getParent();
            }
            Thread[] threads = new Thread[group.activeCount() + 16];
            int count = group.enumerate(threads);
            for (int i = 0; i < count; i++) {
                String name = threads[i].getName();
                if (name.startsWith("SIG") && name.endsWith(" handler")) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Takes messages from the parent, and ends an orphan. */
    private static final class ParentWatch extends Thread {
        private final ParentLink link;

        /** Set before it is started. */
        private boolean survives;

        /** Set before the parent is told: an end of standard input is its answer then, not its death. */
        private volatile boolean exiting;

        ParentWatch(ParentLink link) {
            super(null, null, "procession parent watch", 0, false);
            setDaemon(true);
            this.link = link;
        }

        @Override
        public void run() {
            boolean pumped = pumped();
            if (pumped && survives) {
                return;
            }
            try {
                if (pumped && exiting) {
                    awaitOrphaned();
                } else {
                    exitSoon("procession orphan exit", 1);
                }
                Thread.sleep(ORPHAN_GRACE_MILLIS);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread but a program that ends all of them.
            }
            Runtime.getRuntime().halt(1);
        }

        /**
         * Returns when the parent has died while this JVM's hooks still run; mostly they are done long before the first
         * look. Its end of standard input is closed already, but it reads standard output for as long as it lives: a
         * write there fails when it has gone. Process ids would not tell: between the two there may be a program that
         * has started this JVM in a pid namespace of its own.
         */
        private void awaitOrphaned() throws InterruptedException {
            do {
                Thread.sleep(ORPHAN_LOOK_MILLIS);
            } while (link.isRead());
        }

        /** Returns at the end of the stream; false when a message could not be taken, which its sender waits for. */
        private boolean pumped() {
            try {
                link.pump();
                return true;
            } catch (RuntimeException | Error e) {
                // Most likely it does not fit into this JVM's memory.
                getUncaughtExceptionHandler().uncaughtException(this, e);
                return false;
            }
        }
    }
}

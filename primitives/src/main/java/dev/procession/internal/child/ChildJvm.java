package dev.procession.internal.child;

import dev.procession.internal.wire.FrameReader;
import dev.procession.internal.wire.FrameSink;
import dev.procession.internal.wire.FrameType;
import dev.procession.internal.wire.FrameWriter;
import dev.procession.internal.wire.LineAssembler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A running child JVM, seen from its parent. Two threads take its output, a third waits for its end, and for a child that
 * is not a daemon a fourth keeps this JVM alive.
 */
public final class ChildJvm {
    /**
     * How long the end of a child waits for the end of its output. Only a grandchild that inherited the pipe, and
     * outlives the child, makes it wait at all.
     */
    private static final long DRAIN_MILLIS = 500;

    private final String name;
    private final Process process;

    /** For signals: the methods of the process itself also close its streams, and what it printed would be lost. */
    private final ProcessHandle handle;

    private final FrameWriter toChild;
    private final @Nullable Path argumentFile;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Who hears of the child: whoever booted it, until it begins. */
    private volatile ChildEvents events;

    private @Nullable ProcessEnd end;

    private volatile boolean exitNoticed;
    private volatile boolean terminated;
    private volatile boolean killed;

    private ChildJvm(String name, Process process, @Nullable Path argumentFile, ChildEvents events) {
        this.name = name;
        this.process = process;
        this.handle = process.toHandle();
        this.toChild = new FrameWriter(process.getOutputStream(), FrameWriter.LARGE_FRAME);
        this.argumentFile = argumentFile;
        this.events = events;
    }

    /**
     * Boots a JVM that waits for its start message.
     *
     * @param name names the threads that watch it
     * @param spec how it is started
     * @param warmRunner the class name of the runner that the JVM gets ready for while it waits, or null
     * @param events who hears of it until it begins
     * @throws IOException when no process can be started
     */
    public static ChildJvm boot(String name, LaunchSpec spec, @Nullable String warmRunner, ChildEvents events)
            throws IOException {
        JvmCommand command = JvmCommand.of(spec, warmRunner);
        Path file = command.argumentFile();
        Process process;
        try {
            process = command.builder().start();
        } catch (IOException | RuntimeException e) {
            if (file != null) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
        try {
            ChildJvm child = new ChildJvm(name, process, file, events);
            child.watch();
            return child;
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /**
     * Gives the JVM its identity and its body. Does not wait until it has them.
     *
     * @param start the start message
     * @param listener who hears of the child from now on
     */
    public void begin(StartMessage start, ChildEvents listener) throws IOException {
        Path file = argumentFile;
        byte[] message;
        try {
            message = (file == null ? start : start.withArgumentFile(file.toString())).encode();
        } catch (IOException | RuntimeException | Error e) {
            // Nobody else knows of this JVM: it would wait for ever.
            kill();
            throw e;
        }
        ProcessEnd before = listen(listener);
        if (before != null) {
            listener.ended(before);
            return;
        }
        if (!start.daemon()) {
            keepAlive();
        }
        if (message.length < FrameWriter.LARGE_FRAME) {
            writeStart(message);
        } else {
            // A pipe holds no more until the child reads: start() does not wait for a JVM to boot.
            daemon("start message", () -> writeStart(message));
        }
    }

    /** Changes the listener; returns the end when the former one has been told of it: a spare may die at any moment. */
    private synchronized @Nullable ProcessEnd listen(ChildEvents listener) {
        events = listener;
        return end;
    }

    private synchronized ChildEvents end(ProcessEnd seen) {
        end = seen;
        return events;
    }

    /** Whether it runs, as far as is known here. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end; false when the time is up before. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Sends a message to the child's body; blocks while the pipe is full. */
    public void send(byte[] message) throws IOException {
        toChild.write(FrameType.MESSAGE, message);
    }

    /** Sends two arrays, one behind the other, as one message; blocks while the pipe is full. */
    public void send(byte[] head, byte[] rest) throws IOException {
        toChild.write(FrameType.MESSAGE, head, rest, 0, rest.length);
    }

    /** Asks the child to end in order: its shutdown hooks run. When the grace period is over it is killed. */
    public void terminate(Duration grace) {
        terminated = true;
        if (File.separatorChar == '\\') {
            try {
                toChild.write(FrameType.TERMINATE, new byte[0]);
            } catch (IOException e) {
                // It has ended already, or is about to be killed below.
            }
        } else {
            handle.destroy();
        }
        daemon("grace period", () -> killAfter(grace));
    }

    /** Ends the child at once. */
    public void kill() {
        killed = true;
        handle.destroyForcibly();
    }

    /** Like {@link #terminate}, for the child and for all that it has started. */
    public void terminateTree(Duration grace) {
        Set<ProcessHandle> tree = new LinkedHashSet<>(process.descendants().toList());
        terminate(grace);
        tree.forEach(ProcessHandle::destroy);
        daemon("tree grace period", () -> killTreeAfter(grace, tree));
    }

    private void killAfter(Duration grace) {
        try {
            if (!process.waitFor(TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
        }
    }

    private void killTreeAfter(Duration grace, Set<ProcessHandle> tree) {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(grace);
        // What a dying process started in its last moment has no parent any more, but is a child of one of these.
        Set<ProcessHandle> all = new LinkedHashSet<>(tree);
        try {
            while (deadline - System.nanoTime() > 0 && all.stream().anyMatch(ProcessHandle::isAlive)) {
                for (ProcessHandle handle : List.copyOf(all)) {
                    List<ProcessHandle> late = handle.descendants()
                            .filter(Predicate.not(all::contains))
                            .toList();
                    late.forEach(ProcessHandle::destroy);
                    all.addAll(late);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            // Then the grace period is over now.
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private void watch() {
        List<Thread> pumps = new ArrayList<>();
        pumps.add(daemon("output", () -> pump(process.getInputStream(), new Output())));
        pumps.add(daemon("errors", () -> pump(process.getErrorStream(), new NativeErrors())));
        daemon("end", () -> awaitEnd(pumps));
    }

    /** A thread that is no daemon keeps this JVM from ending before the child has. */
    private void keepAlive() {
        new Thread(null, this::awaitEnded, threadName("keeper"), 0, false).start();
    }

    private void awaitEnded() {
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                // This thread is the library's own; an interrupt has no meaning here.
            }
        }
    }

    private void writeStart(byte[] message) {
        try {
            toChild.write(FrameType.START, message);
        } catch (IOException e) {
            // The child ended before it read the message. Its exit status tells how.
        }
    }

    private void awaitEnd(List<Thread> pumps) {
        int raw = awaitExit();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
        for (Thread pump : pumps) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            try {
                pump.join(Math.max(1, left));
            } catch (InterruptedException e) {
                // This thread is the library's own; an interrupt has no meaning here.
            }
        }
        try {
            if (argumentFile != null) {
                Files.deleteIfExists(argumentFile);
            }
        } catch (IOException e) {
            // The file was the child's to delete.
        }
        try {
            ProcessEnd seen = ProcessEnd.of(raw, exitNoticed, terminated, killed);
            end(seen).ended(seen);
        } finally {
            ended.countDown();
        }
        try {
            // Last: it waits for a writer, and that one is stuck as long as a grandchild holds the pipe's other end.
            process.getOutputStream().close();
        } catch (IOException e) {
            // The pipe was broken anyway.
        }
    }

    private int awaitExit() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // As above.
            }
        }
    }

    private void pump(InputStream in, Drain drain) {
        FrameReader reader = new FrameReader(in, drain);
        try {
            while (reader.read()) {
                // The sink has taken what came.
            }
        } catch (IOException e) {
            // The stream was closed with its process.
            discard(in);
        } catch (RuntimeException | Error e) {
            // A message that does not fit into this JVM's memory, or something that only looks like a frame:
            // nobody must wait for ever for what should have come.
            kill();
            uncaught(e);
            discard(in);
        } finally {
            drain.finish();
        }
    }

    /** A child must never block because its parent has stopped to listen. */
    private static void discard(InputStream in) {
        byte[] waste = new byte[8192];
        try {
            while (in.read(waste) >= 0) {
                // Nothing to keep.
            }
        } catch (IOException e) {
            // That is the end, too.
        }
    }

    private static void uncaught(Throwable thrown) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }

    private Thread daemon(String role, Runnable work) {
        Thread thread = new Thread(null, work, threadName(role), 0, false);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private String threadName(String role) {
        return "procession " + name + " " + role;
    }

    /** What JVMs and native code print is in the system's encoding, not in ours. */
    private static Charset nativeCharset() {
        String encoding = System.getProperty("native.encoding", System.getProperty("sun.jnu.encoding", "UTF-8"));
        try {
            return Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** Turns bytes into whole lines and hands them on. A listener that throws gets no more, but the child goes on. */
    private abstract class Drain implements FrameSink {
        private boolean broken;

        LineAssembler lines(Charset charset, boolean error) {
            return new LineAssembler(charset, line -> deliver(() -> events.line(error, line)));
        }

        void deliver(Runnable event) {
            if (broken) {
                return;
            }
            try {
                event.run();
            } catch (RuntimeException | Error e) {
                broken = true;
                uncaught(e);
            }
        }

        abstract void finish();
    }

    /** Standard output: frames, and what others print between them. */
    private final class Output extends Drain {
        private final LineAssembler framedOutput = lines(StandardCharsets.UTF_8, false);
        private final LineAssembler framedErrors = lines(StandardCharsets.UTF_8, true);
        private final LineAssembler nativeOutput = lines(nativeCharset(), false);

        @Override
        public void message(FrameType type, byte[] message) {
            switch (type) {
                case OUTPUT -> framedOutput.add(message, 0, message.length);
                case ERROR_OUTPUT -> framedErrors.add(message, 0, message.length);
                case MESSAGE -> deliver(() -> events.message(message));
                case FAILURE -> failed(message);
                case EXITING -> exiting(message);
                case START, TERMINATE -> {
                    // Never sent in this direction.
                }
            }
        }

        private void exiting(byte[] message) {
            exitNoticed = message.length > 0 && message[0] != 0;
            try {
                // The child waits for this: see ChildMain.
                process.getOutputStream().close();
            } catch (IOException e) {
                // It has ended in the meantime.
            }
        }

        private void failed(byte[] message) {
            try {
                RemoteFailure failure = RemoteFailure.decode(message);
                deliver(() -> events.failed(failure));
            } catch (IOException e) {
                // Cut short by the child's death: the exit status says as much as is known.
            }
        }

        @Override
        public void raw(byte[] source, int offset, int length) {
            nativeOutput.add(source, offset, length);
        }

        @Override
        void finish() {
            framedOutput.finish();
            framedErrors.finish();
            nativeOutput.finish();
        }
    }

    /** Standard error: only the JVM itself, native code and grandchildren write there. */
    private final class NativeErrors extends Drain {
        private final LineAssembler nativeErrors = lines(nativeCharset(), true);

        @Override
        public void message(FrameType type, byte[] message) {
            // No frames are sent there.
        }

        @Override
        public void raw(byte[] source, int offset, int length) {
            nativeErrors.add(source, offset, length);
        }

        @Override
        void finish() {
            nativeErrors.finish();
        }
    }
}

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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A running child JVM, seen from its parent. Two threads take its output, a third waits for its end; that one keeps this
 * JVM alive as long as a child that is not a daemon.
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
    private final ChildEvents events;
    private final @Nullable Path argumentFile;
    private volatile boolean exitNoticed;
    private volatile boolean terminated;
    private volatile boolean killed;

    private ChildJvm(String name, Process process, ChildEvents events, @Nullable Path argumentFile) {
        this.name = name;
        this.process = process;
        this.handle = process.toHandle();
        this.toChild = new FrameWriter(process.getOutputStream(), FrameWriter.LARGE_FRAME);
        this.events = events;
        this.argumentFile = argumentFile;
    }

    /**
     * Starts a child.
     *
     * @param spec how
     * @param start makes the start message, given the name of the argument file that the child has to delete, or null
     * @param events who hears of it
     * @throws IOException when no process can be started
     */
    public static ChildJvm start(LaunchSpec spec, Function<@Nullable String, StartMessage> start, ChildEvents events)
            throws IOException {
        JvmCommand command = JvmCommand.of(spec);
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
        ChildJvm child = new ChildJvm(spec.name(), process, events, file);
        try {
            byte[] message = start.apply(file == null ? null : file.toString()).encode();
            child.watch(spec.daemon());
            child.sendStart(message);
        } catch (IOException | RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
        return child;
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Sends a message to the child's body; blocks while the pipe is full. */
    public void send(byte[] message) throws IOException {
        toChild.write(FrameType.MESSAGE, message);
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
            if (!process.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
        }
    }

    private void killTreeAfter(Duration grace, Set<ProcessHandle> tree) {
        long deadline = System.nanoTime() + grace.toNanos();
        // What a dying process started in its last moment has no parent any more, but is a child of one of these.
        Set<ProcessHandle> all = new LinkedHashSet<>(tree);
        try {
            while (System.nanoTime() < deadline && all.stream().anyMatch(ProcessHandle::isAlive)) {
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

    private void watch(boolean daemon) {
        List<Thread> pumps = new ArrayList<>();
        pumps.add(daemon("output", () -> pump(process.getInputStream(), new Output())));
        pumps.add(daemon("errors", () -> pump(process.getErrorStream(), new NativeErrors())));
        Thread end = new Thread(null, () -> awaitEnd(pumps), threadName("end"), 0, false);
        end.setDaemon(daemon);
        end.start();
    }

    private void sendStart(byte[] message) {
        if (message.length < FrameWriter.LARGE_FRAME) {
            writeStart(message);
        } else {
            // A pipe holds no more until the child reads: start() does not wait for a JVM to boot.
            daemon("start message", () -> writeStart(message));
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
            process.getOutputStream().close();
            if (argumentFile != null) {
                Files.deleteIfExists(argumentFile);
            }
        } catch (IOException e) {
            // The pipe was broken anyway, and the file was the child's to delete.
        }
        events.ended(ProcessEnd.of(raw, exitNoticed, terminated, killed));
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
            // The stream was closed with its process, or something that is no frame came in the shape of one.
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
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
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

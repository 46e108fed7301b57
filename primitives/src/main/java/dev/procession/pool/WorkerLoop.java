package dev.procession.pool;

import dev.procession.internal.child.ParentLink;
import dev.procession.internal.child.Preparation;
import dev.procession.internal.child.RemoteFailure;
import dev.procession.internal.wire.ObjectCodec;
import dev.procession.process.ChildTask;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a worker runs: takes a task, answers, and again, until it is told to end. */
final class WorkerLoop {
    /** A buffer that a large result has blown up is not kept. */
    private static final int KEPT_BYTES = 2 << 20;

    private final ParentLink link;
    private final WorkerInbox inbox;
    private final ClassLoader loader;
    private final TaskRecord record = new TaskRecord();
    private Bytes buffer = new Bytes(8 * 1024);

    /** The item of a chunk that runs. Read by the exit notice, which this very thread waits for if its task exits. */
    private int item;

    private WorkerLoop(ParentLink link) {
        this.link = link;
        this.inbox = new WorkerInbox(link);
        this.loader = Thread.currentThread().getContextClassLoader();
    }

    static void run() throws IOException, InterruptedException {
        ParentLink link = ParentLink.current();
        if (link == null) {
            throw new IllegalStateException("a worker runs in a child process only");
        }
        WorkerLoop loop = new WorkerLoop(link);
        Runtime.getRuntime().addShutdownHook(new ExitNotice(loop));
        link.receive(loop.inbox);
        loop.loop();
    }

    private void loop() throws IOException, InterruptedException {
        for (WorkerInbox.Entry entry = inbox.take(); entry != null; entry = inbox.take()) {
            ByteBuffer content = entry.content();
            switch (entry.kind()) {
                case Protocol.INITIALIZE -> initialize(content);
                case Protocol.LEARN -> WorkerMemory.learn(content.getInt(), rest(content));
                case Protocol.FORGET -> WorkerMemory.forget(content.getInt());
                case Protocol.TASK -> task(entry.sequence(), content);
                case Protocol.CHUNK -> chunk(entry.sequence(), content);
                case Protocol.END -> {
                    // Threads that tasks have left behind do not keep a worker: its pool is closed, or has another one.
                    System.exit(0);
                }
                default -> throw new IllegalStateException("unknown command: kind=" + entry.kind());
            }
            tidy();
        }
        System.exit(0);
    }

    /** A task leaves nothing on this thread that the next one would notice. */
    private void tidy() {
        Thread thread = Thread.currentThread();
        Thread.interrupted();
        if (thread.getContextClassLoader() != loader) {
            thread.setContextClassLoader(loader);
        }
        if (buffer.array().length > KEPT_BYTES) {
            buffer = new Bytes(8 * 1024);
        }
    }

    private static byte[] rest(ByteBuffer content) {
        byte[] rest = new byte[content.remaining()];
        content.get(rest);
        return rest;
    }

    private void initialize(ByteBuffer content) throws IOException {
        WorkerMemory.belongsTo(content.getLong());
        byte[] session = new byte[content.getInt()];
        content.get(session);
        if (session.length > 0) {
            record.into(new String(session, StandardCharsets.UTF_8));
        }
        if (content.hasRemaining()) {
            try {
                if (!(decoded(content) instanceof ChildTask task)) {
                    throw new IllegalStateException("not an initializer");
                }
                task.run();
            } catch (Throwable thrown) { // everything that it throws is the pool's to know
                Answer answer = new Answer(buffer, Protocol.START_FAILED, -1, 0);
                answer.bytes().put(RemoteFailure.of(thrown).encode());
                answer.send(link);
                System.exit(1);
            }
        }
        new Answer(buffer, Protocol.READY, -1, 0).send(link);
    }

    private @Nullable Object decoded(ByteBuffer request) throws IOException, ClassNotFoundException {
        Preparation.begin();
        try {
            return ObjectCodec.decode(
                    new ByteArrayInputStream(
                            request.array(), request.arrayOffset() + request.position(), request.remaining()),
                    loader,
                    null);
        } finally {
            Preparation.end();
        }
    }

    private void task(int sequence, ByteBuffer content) throws IOException {
        long begin = System.nanoTime();
        Object decoded;
        try {
            decoded = decoded(content);
        } catch (Throwable thrown) { // missing classes come as errors, too
            failed(sequence, begin, thrown, true);
            return;
        }
        record.begin(sequence, decoded == null ? "nothing" : decoded);
        Answer answer = new Answer(buffer, Protocol.RESULT, sequence, 0);
        try {
            if (!(decoded instanceof Callable<?> task)) {
                throw new IllegalStateException("not a task: " + decoded);
            }
            writeResult(answer.bytes(), task.call(), task);
        } catch (Throwable thrown) { // everything that a task throws is its result
            record.end(sequence, true);
            failed(sequence, begin, thrown, false);
            return;
        }
        record.end(sequence, false);
        answer.nanos(Math.max(1, System.nanoTime() - begin));
        inbox.finished();
        answer.send(link);
    }

    private static void writeResult(Bytes out, @Nullable Object result, Object task) throws IOException {
        try {
            Column.write(out, new @Nullable Object[] {result}, 0, 1);
        } catch (NotSerializableException e) {
            throw named(e, "the result " + brief(result) + " of task " + TaskText.of(task));
        }
    }

    private static NotSerializableException named(NotSerializableException e, String where) {
        NotSerializableException named = new NotSerializableException(e.getMessage() + ", in " + where);
        named.setStackTrace(e.getStackTrace());
        return named;
    }

    /** A text of a value, for a message. */
    private static String brief(@Nullable Object value) {
        String text;
        try {
            text = String.valueOf(value);
        } catch (RuntimeException | Error e) {
            return "(whose text cannot be had)";
        }
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }

    private void failed(int sequence, long begin, Throwable thrown, boolean undecodable) throws IOException {
        Answer answer = new Answer(buffer, Protocol.FAILURE, sequence, Math.max(1, System.nanoTime() - begin));
        answer.bytes().putByte(undecodable ? 1 : 0).put(RemoteFailure.of(thrown).encode());
        inbox.finished();
        answer.send(link);
        leaveAfter(thrown);
    }

    /** Whatever has run out of memory, perhaps a thread that this process needs, another one takes the place. */
    private void leaveAfter(Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            inbox.leave();
        }
    }

    private void chunk(int sequence, ByteBuffer content) throws IOException {
        long begin = System.nanoTime();
        PoolFunction<Object, Object> function;
        @Nullable Object[] items;
        boolean endsWithFailure;
        item = 0;
        Preparation.begin();
        try {
            function = function(content.getInt());
            endsWithFailure = content.get() != 0;
            items = Column.read(content, loader);
        } catch (Throwable thrown) { // missing classes come as errors, too
            failed(sequence, begin, thrown, true);
            return;
        } finally {
            Preparation.end();
        }
        record.begin(sequence, new ChunkText(function, items.length));
        Answer answer = new Answer(buffer, Protocol.CHUNK_DONE, sequence, 0);
        Throwable fatal = apply(function, items, endsWithFailure, answer.bytes());
        record.end(sequence, fatal != null);
        answer.nanos(Math.max(1, System.nanoTime() - begin));
        inbox.finished();
        answer.send(link);
        if (fatal != null) {
            leaveAfter(fatal);
        }
    }

    @SuppressWarnings("unchecked") // the types of map say so
    private static PoolFunction<Object, Object> function(int id) throws IOException, ClassNotFoundException {
        if (WorkerMemory.function(id) instanceof PoolFunction<?, ?> function) {
            return (PoolFunction<Object, Object>) function;
        }
        throw new IllegalStateException("no function: id=" + id);
    }

    /** Writes the outcomes. Returns the last exception. */
    private @Nullable Throwable apply(
            PoolFunction<Object, Object> function, @Nullable Object[] items, boolean endsWithFailure, Bytes out)
            throws IOException {
        Throwable last = null;
        @Nullable Object[] results = new Object[items.length];
        int from = 0;
        for (int i = 0; i < items.length; i++) {
            item = i;
            try {
                results[i] = applied(function, items[i]);
            } catch (Throwable thrown) { // everything that an item throws is its result
                last = thrown;
                writeValues(out, results, from, i);
                from = i + 1;
                writeFailure(out, thrown);
                if (endsWithFailure || thrown instanceof OutOfMemoryError) {
                    for (int lost = endsWithFailure ? items.length : from; lost < items.length; lost++) {
                        writeFailure(out, thrown);
                    }
                    return last;
                }
            }
        }
        writeValues(out, results, from, items.length);
        return last;
    }

    @SuppressWarnings("NullAway") // a function of the user's takes null if its items are null
    private static @Nullable Object applied(PoolFunction<Object, Object> function, @Nullable Object item)
            throws Exception {
        return function.apply(item);
    }

    private static void writeValues(Bytes out, @Nullable Object[] results, int from, int to) throws IOException {
        if (from == to) {
            return;
        }
        int begin = out.length();
        try {
            out.putByte(Protocol.VALUES);
            Column.write(out, results, from, to);
        } catch (IOException | RuntimeException | Error e) {
            out.truncate(begin);
            // One of them it is: the others can travel by themselves.
            for (int i = from; i < to; i++) {
                writeValue(out, results, i);
            }
        }
    }

    private static void writeValue(Bytes out, @Nullable Object[] results, int i) throws IOException {
        int begin = out.length();
        try {
            out.putByte(Protocol.VALUES);
            Column.write(out, results, i, i + 1);
        } catch (NotSerializableException e) {
            out.truncate(begin);
            writeFailure(out, named(e, "the result " + brief(results[i])));
        } catch (IOException | RuntimeException | Error e) {
            out.truncate(begin);
            writeFailure(out, e);
        }
    }

    private static void writeFailure(Bytes out, Throwable thrown) throws IOException {
        byte[] failure = RemoteFailure.of(thrown).encode();
        out.putByte(Protocol.FAILED).putInt(failure.length).put(failure);
    }

    /** What the record calls a chunk. */
    private record ChunkText(Object function, int items) {
        @Override
        public String toString() {
            return TaskText.of(function) + ", items: " + items;
        }
    }

    /** A task may exit the process: then the pool is told at which item it was. */
    private static final class ExitNotice extends Thread {
        private final WorkerLoop loop;

        ExitNotice(WorkerLoop loop) {
            super(null, null, "procession worker exit notice", 0, false);
            this.loop = loop;
        }

        @Override
        public void run() {
            int running = loop.inbox.running();
            if (running < 0) {
                return;
            }
            Answer answer = new Answer(Protocol.EXITING_AT, running, 0);
            answer.bytes().putInt(loop.item);
            try {
                answer.send(loop.link);
            } catch (IOException e) {
                // Nobody is there who could be told.
            }
        }
    }
}

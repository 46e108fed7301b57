package dev.procession.manager;

import dev.procession.DecodingException;
import dev.procession.channel.ByteSink;
import dev.procession.channel.Codec;
import dev.procession.channel.Connection;
import dev.procession.internal.child.RemoteFailure;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection with a client, in the server: one thread reads a call, carries it out, and answers. A call that waits keeps only
 * this thread. Meanwhile the server's watch looks whether the client has cancelled the call, or is gone, and interrupts it.
 */
final class ServerLink implements Runnable, Frame.References, FrameSource.References {
    private static final ThreadLocal<@Nullable Runnable> IF_UNDELIVERED = new ThreadLocal<>();

    private final ManagerServer server;
    private final Connection connection;
    private final Frame out = new Frame();
    private @Nullable ClientSession session;
    private boolean isControl;

    /** Takes back what was handed to the client, unless it says that it has it. This thread alone. */
    private @Nullable Runnable handed;

    // Under this object's monitor.
    private @Nullable Thread calling;
    private boolean cancelled;

    /** When the call that is under way began; 0 if none is. */
    private volatile long since;

    ServerLink(ManagerServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    /** What is to be done if the answer to the call that this thread carries out does not get away. */
    static void ifUndelivered(Runnable undo) {
        IF_UNDELIVERED.set(undo);
    }

    @Override
    public void run() {
        try {
            hello();
            while (true) {
                handle(connection.receiveBytes());
            }
        } catch (EOFException e) {
            // The client has closed, or is gone.
        } catch (IOException | InterruptedException e) {
            // Broken, or cut off.
        } catch (RuntimeException | Error e) {
            // The client sent what makes no sense: with it this ends, and the server goes on.
        } finally {
            connection.close();
            takeBack();
            ClientSession known = session;
            if (known != null) {
                known.remove(this);
                if (isControl) {
                    server.ended(known);
                }
            }
            server.remove(this);
        }
    }

    /** From any thread: the client's session is over. */
    void cutOff() {
        connection.close();
        synchronized (this) {
            Thread thread = calling;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private void hello() throws IOException, InterruptedException {
        byte[] first = connection.receiveBytes();
        FrameSource in = new FrameSource(first, server.filter(first.length));
        if (in.type() != Frame.HELLO) {
            throw new IOException("a client did not say who it is");
        }
        long sessionId = in.longNumber();
        long pid = in.longNumber();
        String name = in.text();
        isControl = in.type() != 0;
        ClientSession known = server.session(sessionId, pid, name, isControl);
        out.clear();
        if (known == null || !known.add(this)) {
            isControl = false;
            out.put(Frame.THROWN);
            connection.sendBytes(out.array(), 0, out.length());
            throw new EOFException();
        }
        session = known;
        out.put(Frame.VALUE)
                .putText(server.id())
                .putLong(ProcessHandle.current().pid());
        connection.sendBytes(out.array(), 0, out.length());
    }

    private ClientSession session() {
        return Objects.requireNonNull(session);
    }

    private void handle(byte[] message) throws IOException, InterruptedException {
        FrameSource in = new FrameSource(message, server.filter(message.length));
        byte type = in.type();
        if (handed != null && type != Frame.TAKEN && type != Frame.CANCEL) {
            throw new IOException("a client did not say whether it has what it was given");
        }
        switch (type) {
            case Frame.CALL -> call(in);
            case Frame.CANCEL -> {
                // Its call was over before it came.
            }
            case Frame.TAKEN -> handed = null;
            case Frame.RELEASE -> {
                int count = in.count();
                for (int i = 0; i < count; i++) {
                    session().release(in.longNumber(), in.longNumber());
                }
            }
            case Frame.ENDED -> session().threadEnded(in.longNumber(), in.text());
            default -> throw new IOException("a client sent a message of an unknown type");
        }
    }

    private void call(FrameSource in) throws IOException, InterruptedException {
        long id = in.longNumber();
        long thread = in.longNumber();
        String key = in.text();
        int count = in.count();
        IF_UNDELIVERED.remove();
        Caller.set(
                new Caller(session(), thread)); // before the arguments are made: proxies among them are of this process
        try {
            try {
                Exported object = server.find(id);
                Method method = object.methods().get(key);
                if (method == null) {
                    throw new IllegalArgumentException(
                            object + " has no method " + key + ") that can be called from afar");
                }
                @Nullable Object[] arguments = new Object[count];
                for (int i = 0; i < count; i++) {
                    arguments[i] = in.value(this);
                }
                if (count != method.getParameterCount()) {
                    throw new IllegalArgumentException("wrong number of arguments: " + count);
                }
                Object result = invoke(object, method, arguments);
                // What a function of the client's took from a queue here is the function's, not the client's.
                handed = object.kind() == Kind.QUEUE ? IF_UNDELIVERED.get() : null;
                out.clear().put(handed == null ? Frame.VALUE : Frame.HANDED);
                out.putValue(exported(result, object, method), this);
            } catch (InvocationTargetException e) {
                failed(e.getTargetException());
            } catch (IOException | ClassNotFoundException e) {
                failed(new DecodingException(
                        "the arguments of a call cannot be made in " + server.describe() + ": " + e.getMessage(), e));
            } catch (ReflectiveOperationException | RuntimeException | Error e) {
                // An error, too: classes that are missing, and memory that is not there, are this call's affair alone.
                failed(e);
            }
            answer();
        } finally {
            Caller.set(null);
            IF_UNDELIVERED.remove();
        }
    }

    /** The client has not got what it was handed, and never will. */
    private void takeBack() {
        Runnable undo = handed;
        handed = null;
        if (undo != null) {
            undo.run();
        }
    }

    private @Nullable Object invoke(Exported object, Method method, @Nullable Object[] arguments)
            throws InvocationTargetException, IllegalAccessException {
        synchronized (this) {
            calling = Thread.currentThread();
            cancelled = false;
        }
        since = System.nanoTime() | 1;
        server.callBegins();
        try {
            return method.invoke(object.servant(), arguments);
        } finally {
            since = 0;
            synchronized (this) {
                calling = null;
            }
            Thread.interrupted(); // it was meant for the call
        }
    }

    private void answer() throws IOException, InterruptedException {
        try {
            connection.sendBytes(out.array(), 0, out.length());
        } catch (IllegalArgumentException e) {
            failed(e); // too long
            connection.sendBytes(out.array(), 0, out.length());
        }
    }

    private void failed(Throwable thrown) {
        takeBack(); // before the answer: who reads it finds the item where it was
        if (thrown instanceof InterruptedException) {
            out.clear().put(Frame.CANCELLED);
            return;
        }
        RemoteFailure failure = RemoteFailure.of(thrown);
        String message = failure.message();
        byte[] serialized = serialized(thrown);
        out.clear()
                .put(Frame.THROWN)
                .putText(failure.className())
                .putText(message == null ? "" : message)
                .put((byte) (message == null ? 0 : 1))
                .putText(failure.stack())
                .putBytes(serialized);
    }

    private static byte[] serialized(Throwable thrown) {
        ByteSink sink = new ByteSink();
        try {
            Codec.objects().encode(thrown, sink);
            return sink.toByteArray();
        } catch (IOException | RuntimeException | Error e) {
            return new byte[0]; // its text goes
        }
    }

    /** What cannot be copied, or is to be shared, is given as a proxy if the method promises an interface. */
    private @Nullable Object exported(@Nullable Object result, Exported object, Method method) {
        Class<?> type = method.getReturnType();
        if (result == null
                || object.kind() != Kind.OWN
                || !type.isInterface()
                || Ref.of(result) != null
                || (result instanceof java.io.Serializable && !server.isRegistered(type))) {
            return result;
        }
        Class<?> promised = result instanceof Iterator ? Iterator.class : type;
        return server.proxy(server.export(promised, result, null));
    }

    /** By the server's watch: whether the client has something to say although it waits for an answer. */
    void look() {
        long began = since;
        if (began == 0 || System.nanoTime() - began < ManagerServer.WATCH_NANOS) {
            return;
        }
        synchronized (this) {
            Thread thread = calling;
            if (thread == null || since == 0) {
                return;
            }
            try {
                if (connection.poll()) {
                    // Only a cancellation, or the end.
                    connection.receiveBytes();
                    cancelled = true;
                    thread.interrupt();
                }
            } catch (IOException e) {
                ClientSession known = session;
                if (known != null) {
                    known.connectionLost();
                }
                thread.interrupt();
                if (isControl || !cancelled) {
                    connection.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean isCalling() {
        return since != 0;
    }

    @Override
    public boolean write(Object value, Frame target) {
        if (Ref.of(value) instanceof LocalRef ref && ref.managerId().equals(server.id())) {
            Exported object = ref.object();
            session().hold(object);
            String name = object.name();
            target.put(Frame.REFERENCE)
                    .putLong(object.id())
                    .putText(object.kind().name())
                    .putText(name == null ? "" : name)
                    .putInt(object.kind() == Kind.OWN ? object.interfaces().size() : 0);
            if (object.kind() == Kind.OWN) {
                object.interfaces().forEach(type -> target.putText(type.getName()));
            }
            return true;
        }
        return false;
    }

    @Override
    public Object read(FrameSource in) throws IOException {
        return server.proxy(server.find(in.longNumber()));
    }
}

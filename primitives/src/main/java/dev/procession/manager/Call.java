package dev.procession.manager;

import dev.procession.channel.Codec;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.waiting.Deadline;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call from a client: it is sent over a connection that nobody else uses meanwhile, and the calling thread itself reads the
 * answer. No other thread takes part, so a round trip costs two wake-ups at the most, and none if both sides spin.
 */
final class Call {
    /** What has to be known of a method; found out once. */
    private record Shape(String key, boolean interruptible, boolean waits, boolean holds, boolean unlimited) {
        static Shape of(Method method) {
            List<Class<?>> thrown = Arrays.asList(method.getExceptionTypes());
            boolean waits = method.isAnnotationPresent(Waits.class);
            boolean runsCode = Arrays.stream(method.getParameterTypes())
                    .anyMatch(type -> type.getSimpleName().startsWith("Remote"));
            // How long a function of the user's may take, or a method, the user knows.
            boolean own = !method.getDeclaringClass().getSimpleName().endsWith("Calls");
            return new Shape(
                    Exported.key(method),
                    thrown.contains(InterruptedException.class),
                    waits,
                    method.isAnnotationPresent(Holds.class),
                    runsCode || own);
        }
    }

    private static final Map<Method, Shape> SHAPES = new ConcurrentHashMap<>();
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(10);

    private final ManagerClient client;
    private final Ref object;
    private final Method method;
    private final @Nullable Object[] arguments;
    private final Shape shape;
    private boolean interrupted;

    Call(ManagerClient client, Ref object, Method method, @Nullable Object[] arguments) {
        this.client = client;
        this.object = object;
        this.method = method;
        this.arguments = arguments;
        this.shape = SHAPES.computeIfAbsent(method, Shape::of);
    }

    @Nullable
    Object run() throws Throwable {
        // Sockets end their waits with an interrupt; where the call itself does not, it is kept for later.
        interrupted = Thread.interrupted();
        if (interrupted && shape.interruptible()) {
            throw new InterruptedException();
        }
        try {
            byte[] answer = exchange();
            return result(answer);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private byte[] exchange() throws InterruptedException {
        ClientLink link = link();
        boolean reusable = false;
        try {
            try {
                encode(link.out);
            } catch (RuntimeException | Error e) {
                reusable = true; // nothing was sent
                throw e;
            }
            if (shape.holds()) {
                client.housekeeping().holds(Thread.currentThread());
            }
            byte[] answer = exchange(link);
            reusable = true;
            return answer;
        } catch (IOException e) {
            throw client.lost(link, e, true);
        } finally {
            client.giveBack(link, reusable);
        }
    }

    private ClientLink link() throws InterruptedException {
        while (true) {
            try {
                return client.take();
            } catch (InterruptedException e) {
                interruptedWhileIdle(e);
            }
        }
    }

    private void interruptedWhileIdle(InterruptedException e) throws InterruptedException {
        if (shape.interruptible()) {
            throw e;
        }
        interrupted = true;
    }

    private void encode(Frame out) {
        out.clear()
                .put(Frame.CALL)
                .putLong(object.id())
                .putLong(Thread.currentThread().getId())
                .putText(shape.key())
                .putInt(arguments.length);
        for (Object argument : arguments) {
            out.putValue(argument, client);
        }
    }

    private byte[] exchange(ClientLink link) throws IOException, InterruptedException {
        link.connection.sendBytes(link.out.array(), 0, link.out.length());
        long deadline = deadline();
        boolean cancelled = false;
        while (true) {
            try {
                byte[] answer = link.receive(deadline);
                if (answer.length > 0 && answer[0] == Frame.HANDED) {
                    FaultPoint.reached("manager.handed");
                    take(link);
                    FaultPoint.reached("manager.taken");
                }
                return answer;
            } catch (InterruptedException e) {
                interrupted = true;
                if (shape.interruptible() && !cancelled) {
                    // The server ends the wait; what it has done by then is the result.
                    cancelled = true;
                    link.connection.sendBytes(new byte[] {Frame.CANCEL});
                    deadline = Deadline.in(CANCEL_LIMIT);
                }
            } catch (TimeoutException e) {
                if (cancelled) {
                    interrupted = false;
                    throw new InterruptedException();
                }
                throw new ManagerSilentException(client.describe() + " did not answer " + method.getName() + "() of "
                        + object.label() + " within " + client.answerTimeout() + " beyond what it may wait");
            }
        }
    }

    /** What the server has handed over is this process's from here on; if it cannot be told so, it never was. */
    private void take(ClientLink link) throws IOException {
        while (true) {
            try {
                link.connection.sendBytes(new byte[] {Frame.TAKEN});
                return;
            } catch (InterruptedException e) {
                interrupted = true; // nothing was sent
            }
        }
    }

    private long deadline() {
        if (shape.unlimited()) {
            return Deadline.NEVER;
        }
        long wait = 0;
        if (shape.waits() && arguments[arguments.length - 1] instanceof Long nanos) {
            if (nanos == Long.MAX_VALUE) {
                return Deadline.NEVER;
            }
            wait = Math.max(0, nanos);
        }
        long answer = client.answerTimeout().toNanos();
        return wait > Long.MAX_VALUE - answer ? Deadline.NEVER : Deadline.inNanos(wait + answer);
    }

    private @Nullable Object result(byte[] answer) throws Throwable {
        ObjectInputFilter filter = client.filter(answer.length);
        FrameSource in = new FrameSource(answer, filter);
        byte type = in.type();
        if (type == Frame.VALUE || type == Frame.HANDED) {
            try {
                return in.value(client);
            } catch (IOException | ClassNotFoundException e) {
                throw new dev.procession.DecodingException(
                        "the result of " + method.getName() + "() of " + object.label() + " of " + client.describe()
                                + " cannot be made here: " + e.getMessage(),
                        e);
            }
        }
        if (type == Frame.CANCELLED) {
            if (shape.interruptible()) {
                interrupted = false;
                throw new InterruptedException();
            }
            throw new IllegalStateException(client.describe() + " cancelled a call that nobody cancelled");
        }
        String className = in.text();
        String message = in.text();
        boolean hasMessage = in.type() != 0;
        String stack = in.text();
        Throwable thrown = thrown(in.bytes(), filter);
        if (thrown instanceof RuntimeException
                || thrown instanceof Error
                || (thrown != null
                        && Arrays.stream(method.getExceptionTypes()).anyMatch(each -> each.isInstance(thrown)))) {
            thrown.addSuppressed(new RemoteStack(client.describe(), stack));
            throw thrown;
        }
        throw new RemoteCallException(
                method.getName() + "() of " + object.label() + " of " + client.describe(),
                className,
                hasMessage ? message : null,
                stack);
    }

    private static @Nullable Throwable thrown(byte[] bytes, ObjectInputFilter filter) {
        if (bytes.length == 0) {
            return null;
        }
        try {
            return Codec.objects(filter).decode(ByteBuffer.wrap(bytes)) instanceof Throwable thrown ? thrown : null;
        } catch (IOException | ClassNotFoundException | RuntimeException | Error e) {
            return null; // its text is there
        }
    }
}

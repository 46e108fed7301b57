package dev.procession.process;

import dev.procession.internal.wire.SimpleValue;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A lambda as what it is to the JVM: a static method and the values it has captured. A fresh JVM calls that in well under
 * a millisecond, while it needs some 40 ms until it has deserialized and linked its first lambda.
 *
 * <p>Only lambdas that capture nothing but texts, numbers and the like can travel so; the others are serialized.
 */
final class StaticCall {
    /** In bytes; above it, Java serialization costs no more. */
    private static final int LARGEST = 128 * 1024;

    private final String className;
    private final String method;
    private final String descriptor;
    private final @Nullable Object[] arguments;

    private StaticCall(String className, String method, String descriptor, @Nullable Object[] arguments) {
        this.className = className;
        this.method = method;
        this.descriptor = descriptor;
        this.arguments = arguments;
    }

    /** Takes a lambda apart; null when it is none, or cannot be looked into, or has captured something larger. */
    static @Nullable StaticCall of(ChildTask task) {
        if (!task.getClass().isSynthetic()) {
            return null;
        }
        try {
            Method replace = task.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            if (!(replace.invoke(task) instanceof SerializedLambda lambda)
                    || lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic) {
                return null;
            }
            @Nullable Object[] arguments = new Object[lambda.getCapturedArgCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = lambda.getCapturedArg(i);
                if (!SimpleValue.canEncode(arguments[i]) || SimpleValue.maxLength(arguments[i]) > LARGEST) {
                    return null;
                }
            }
            return new StaticCall(
                    lambda.getImplClass().replace('/', '.'),
                    lambda.getImplMethodName(),
                    lambda.getImplMethodSignature(),
                    arguments);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return null;
        }
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeUTF(className);
        out.writeUTF(method);
        out.writeUTF(descriptor);
        out.writeByte(arguments.length);
        for (Object argument : arguments) {
            ByteBuffer value = ByteBuffer.allocate((int) SimpleValue.maxLength(argument));
            SimpleValue.write(value, argument);
            out.writeInt(value.position());
            out.write(value.array(), 0, value.position());
        }
    }

    static StaticCall readFrom(DataInputStream in) throws IOException {
        String className = in.readUTF();
        String method = in.readUTF();
        String descriptor = in.readUTF();
        @Nullable Object[] arguments = new Object[in.readUnsignedByte()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = SimpleValue.read(ByteBuffer.wrap(in.readNBytes(in.readInt())));
        }
        return new StaticCall(className, method, descriptor, arguments);
    }

    /** Initializes the class. */
    void prepare() throws ClassNotFoundException {
        Class.forName(className, true, ClassLoader.getSystemClassLoader());
    }

    /** Calls it; throws what the method throws. */
    void call() throws Throwable {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        Method target = find(Class.forName(className, true, loader));
        target.setAccessible(true);
        try {
            target.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() != null ? e.getCause() : e;
        }
    }

    private Method find(Class<?> owner) throws NoSuchMethodException {
        for (Method candidate : owner.getDeclaredMethods()) {
            if (candidate.getName().equals(method) && descriptor.equals(descriptorOf(candidate))) {
                return candidate;
            }
        }
        throw new NoSuchMethodException(className + "." + method + descriptor
                + " is not in the child's class path: it holds another version of the class than the parent's");
    }

    private static String descriptorOf(Method candidate) {
        StringBuilder text = new StringBuilder("(");
        for (Class<?> parameter : candidate.getParameterTypes()) {
            text.append(parameter.descriptorString());
        }
        return text.append(')')
                .append(candidate.getReturnType().descriptorString())
                .toString();
    }
}

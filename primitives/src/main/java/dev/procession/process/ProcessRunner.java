package dev.procession.process;

import dev.procession.internal.child.ChildRunner;
import dev.procession.internal.child.Preparation;
import dev.procession.internal.wire.ObjectCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries the body of a {@link ChildProcess} into the child and runs it there. */
final class ProcessRunner implements ChildRunner {
    private static final int OBJECT = 0;
    private static final int CALL = 1;

    /** In a child: its own copy of the object that stands for it in the parent, where one has travelled. */
    private static volatile @Nullable ChildProcess self;

    /** Called in the child, by name. */
    ProcessRunner() {}

    static @Nullable ChildProcess self() {
        return self;
    }

    /** Encodes the cheapest form that the body allows. */
    static byte[] encode(ChildProcess process) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        DataOutputStream out = new DataOutputStream(bytes);
        StaticCall call = process instanceof TaskProcess task ? task.call() : null;
        if (call != null) {
            out.writeByte(CALL);
            call.writeTo(out);
        } else {
            out.writeByte(OBJECT);
            out.write(ObjectCodec.encode(process));
        }
        return bytes.toByteArray();
    }

    /** Goes the way of both kinds of bodies, and looks for a file that is not there: that opens the whole class path. */
    @Override
    public void warmUp() throws Throwable {
        if (ClassLoader.getSystemResource("dev/procession/no-such-file") != null) {
            throw new IllegalStateException("the class path holds a file that nobody makes");
        }
        ChildTask nothing = ProcessRunner::doNothing;
        StaticCall call = StaticCall.of(nothing);
        if (call != null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(CALL);
            call.writeTo(out);
            run(bytes.toByteArray());
        }
        ArrayList<Object> values = new ArrayList<>(List.of("text", 1, 2L));
        ChildTask capturing = values::clear;
        if (ObjectCodec.decode(ObjectCodec.encode(capturing), null) instanceof ChildTask task) {
            task.run();
        }
    }

    private static @Nullable Object decoded(byte[] body) throws IOException, ClassNotFoundException {
        Preparation.begin();
        try {
            return ObjectCodec.decode(body, null);
        } finally {
            Preparation.end();
        }
    }

    private static void doNothing() {
        // It has been called: that was all.
    }

    @Override
    public int run(byte[] body) throws Throwable {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        try {
            if (in.readUnsignedByte() == CALL) {
                StaticCall call = StaticCall.readFrom(in);
                Preparation.begin();
                try {
                    call.prepare();
                } finally {
                    Preparation.end();
                }
                call.call();
            } else if (decoded(in.readAllBytes()) instanceof ChildProcess process) {
                self = process;
                process.run();
            }
            return 0;
        } catch (ProcessExit exit) {
            String reason = exit.reason();
            if (reason != null) {
                System.err.println(reason);
            }
            return exit.code();
        }
    }
}

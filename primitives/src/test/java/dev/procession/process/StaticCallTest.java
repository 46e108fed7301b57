package dev.procession.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StaticCallTest {
    private static @Nullable Object[] seen = {};

    @BeforeEach
    void clear() {
        seen = new Object[0];
    }

    @Test
    void call_lambdaWithSimpleValues_getsThemBack() throws Throwable {
        String text = "ї \ud800 lone surrogate";
        Object nothing = null;
        int i = Integer.MIN_VALUE;
        long l = Long.MAX_VALUE;
        double d = -0.0;
        boolean z = true;
        float f = Float.MIN_VALUE;
        char c = '\uffff';
        short s = -1;
        byte b = -128;

        roundTrip(() -> seen = new Object[] {text, nothing, i, l, d, z, f, c, s, b});

        assertArrayEquals(new Object[] {text, null, i, l, d, z, f, c, s, b}, seen);
    }

    @Test
    void call_methodReference_isCalled() throws Throwable {
        roundTrip(StaticCallTest::see);

        assertEquals(1, seen.length);
    }

    @Test
    void call_methodThrows_throwsTheVeryException() {
        IOException e = assertThrows(
                IOException.class,
                () -> roundTrip(() -> {
                    throw new IOException("mine");
                }));

        assertEquals("mine", e.getMessage());
    }

    @Test
    void of_capturedObjectOrReceiver_isNoCall() {
        List<String> list = new ArrayList<>();
        assertNull(StaticCall.of(() -> list.add("x")));
        Task task = new Task();
        assertNull(StaticCall.of(task::work));
        assertNull(StaticCall.of(new Task()));
    }

    private static void see() {
        seen = new Object[] {"seen"};
    }

    private static void roundTrip(ChildTask task) throws Throwable {
        StaticCall call = StaticCall.of(task);
        assertNotNull(call);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        call.writeTo(new DataOutputStream(bytes));
        StaticCall.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())))
                .call();
    }

    private static final class Task implements ChildTask {
        private static final long serialVersionUID = 1L;

        void work() {
            seen = new Object[] {"worked"};
        }

        @Override
        public void run() {
            work();
        }
    }
}

package dev.procession.internal.child;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals there")
class ProcessEndTest {

    @Test
    void of_codeBelow128_isAnExit() {
        assertEquals(new ProcessEnd(false, 3), ProcessEnd.of(3, false, false, false));
        assertEquals(new ProcessEnd(false, 128), ProcessEnd.of(128, false, false, false));
    }

    @Test
    void of_codeAbove128WithoutNotice_isASignal() {
        assertEquals(new ProcessEnd(true, 9), ProcessEnd.of(137, false, false, false));
        assertEquals(new ProcessEnd(true, 15), ProcessEnd.of(143, false, true, false));
    }

    @Test
    void of_codeAbove128WithNotice_isAnExit() {
        assertEquals(new ProcessEnd(false, 137), ProcessEnd.of(137, true, false, false));
        assertEquals(new ProcessEnd(false, 255), ProcessEnd.of(255, true, false, false));
    }

    @Test
    void of_killedWhileItsHooksRan_isASignal() {
        assertEquals(new ProcessEnd(true, 9), ProcessEnd.of(137, true, true, true));
    }

    @Test
    void of_codeThatIsNoSignal_isAnExit() {
        assertEquals(new ProcessEnd(false, 200), ProcessEnd.of(200, false, false, false));
    }
}

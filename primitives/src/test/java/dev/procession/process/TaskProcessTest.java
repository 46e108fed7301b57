package dev.procession.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

class TaskProcessTest {
    @Test
    @NullUnmarked
    void of_noTask_refusedBeforeAnythingStarts() {
        ChildTask noTask = null;
        ArgumentsTask noTaskWithArguments = null;

        assertEquals("a child needs a task", refused(() -> ChildProcess.of(noTask)));
        assertEquals("a child needs a task", refused(() -> ChildProcess.of(noTaskWithArguments, List.of(1))));
        assertEquals("a child needs a task", refused(() -> ChildProcess.of(noTaskWithArguments, 1, 2)));
    }

    private static String refused(Runnable made) {
        return assertThrows(NullPointerException.class, made::run).getMessage();
    }
}

package dev.procession.manager;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** In the manager's own process, without a socket between. */
class ServedManagerTest extends ManagerCases {
    private ProcessManager manager;

    @BeforeEach
    void serve() throws IOException {
        manager = ProcessManager.serve(options());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Override
    ProcessManager manager() {
        return manager;
    }
}

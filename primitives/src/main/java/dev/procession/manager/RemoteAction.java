package dev.procession.manager;

import java.io.Serializable;

/** What runs in the manager's process before it serves anybody. A lambda will do, if what it captures is serializable. */
@FunctionalInterface
public interface RemoteAction extends Serializable {

    /**
     * Runs in the manager.
     *
     * @throws Exception ends the manager, and reaches whoever starts it
     */
    void run() throws Exception;
}

package dev.procession.plugin.engine;

import java.io.IOException;

/** Where the engine comes from. Asked for it only when there is work for it. */
public interface EngineSource {

    /**
     * What tells one engine from another, for fingerprints. Nothing is resolved, unpacked or run for it.
     *
     * @return a text that changes when the engine may
     * @throws IOException when an executable that the user named cannot be looked at
     */
    String identity() throws IOException;

    /**
     * The engine, resolved, unpacked and checked; the same one each time.
     *
     * @return an engine that is ready to run
     * @throws IOException when the machine fails
     * @throws InterruptedException when this thread is interrupted
     * @throws EngineFailedException when it cannot be had, with everything that was tried and what the user can do
     */
    Engine get() throws IOException, InterruptedException;
}

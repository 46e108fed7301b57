package dev.procession.plugin.engine;

/**
 * Ends an engine when this JVM is asked to end, as by Ctrl-C. A JVM that is killed cannot do so; the engine then ends
 * with its next ping.
 */
final class EndWithJvm extends Thread {
    private final Process engine;
    private volatile boolean ended;

    private EndWithJvm(Process engine) {
        super("procession-engine-end");
        this.engine = engine;
    }

    static EndWithJvm of(Process engine) {
        EndWithJvm hook = new EndWithJvm(engine);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is ending already.
            hook.end();
        }
        return hook;
    }

    @Override
    public void run() {
        end();
    }

    private void end() {
        ended = true;
        engine.destroyForcibly();
    }

    /** Whether that is why the engine ended. */
    boolean hasEnded() {
        return ended;
    }

    /** Forgets the engine, which has ended by itself. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException e) {
            // The JVM is ending.
        }
    }
}

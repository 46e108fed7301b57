package dev.procession.plugin.work;

/**
 * Ends something with this JVM when that is asked to end, as by Ctrl-C. A JVM that is killed cannot do so.
 *
 * <p>The threads of the build go on meanwhile, until the JVM stops them in the middle of whatever they do.
 */
public final class EndWithJvm extends Thread {
    private final Runnable end;
    private volatile boolean ended;

    private EndWithJvm(String name, Runnable end) {
        super(name);
        this.end = end;
    }

    /**
     * Has something ended with this JVM; at once if it is ending already.
     *
     * @param name what the thread is called that does it
     * @param end what to do then; brief, since the user waits for it
     * @return to ask, and to forget it
     */
    public static EndWithJvm of(String name, Runnable end) {
        EndWithJvm hook = new EndWithJvm(name, end);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            hook.endNow();
        }
        return hook;
    }

    @Override
    public void run() {
        endNow();
    }

    private void endNow() {
        ended = true;
        end.run();
    }

    /**
     * Whether it was ended because the JVM ends.
     *
     * @return true from the moment when that begins
     */
    public boolean hasEnded() {
        return ended;
    }

    /** Forgets it, since it has ended by itself. */
    public void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException e) {
            // The JVM is ending.
        }
    }
}

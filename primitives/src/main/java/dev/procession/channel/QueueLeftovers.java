package dev.procession.channel;

/**
 * What was in a queue when this process closed its handle.
 *
 * @param items how many items lay in it
 * @param inWork how many items of a joinable queue were taken and not done
 * @param otherProcesses how many other processes use the queue
 * @param named whether it has a name, and so stays until the session ends
 */
public record QueueLeftovers(long items, long inWork, int otherProcesses, boolean named) {
    /** {@return whether items are lost by this: nobody else can take them any more} */
    public boolean areLost() {
        return items > 0 && otherProcesses == 0 && !named;
    }
}

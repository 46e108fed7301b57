package dev.procession.channel;

import dev.procession.OwnerDeath;
import java.util.Optional;

/**
 * An item that was given out as often as it may be and was never done: often one that makes its consumers fail.
 *
 * @param <E> the type of the items
 * @param item the item
 * @param number its number in the queue; the first one ever put has 0
 * @param attempts how often it was given out
 * @param lastDeath how its last consumer died; empty if that one gave it back by itself
 */
public record DeadLetter<E>(E item, long number, int attempts, Optional<OwnerDeath> lastDeath) {}

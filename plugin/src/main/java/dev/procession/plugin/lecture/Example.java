package dev.procession.plugin.lecture;

import java.util.List;

/** A few processes to learn from, and what must be true of each run of them. An object plays once. */
@FunctionalInterface
interface Example {

    /**
     * Plays, and checks what happened. When this takes too long, the children are killed and the thread is interrupted.
     *
     * @throws Exception makes this example a failed one; the others are played
     */
    void play(Stage stage) throws Exception;

    /** {@return classes that a reader of this one needs, too: what the children run, or share} */
    default List<Class<?>> readWith() {
        return List.of();
    }
}

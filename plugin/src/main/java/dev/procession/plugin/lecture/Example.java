package dev.procession.plugin.lecture;

/** A few processes to learn from, and what must be true of each run of them. An object plays once. */
@FunctionalInterface
interface Example {

    /**
     * Plays, and checks what happened. When this takes too long, the children are killed and the thread is interrupted.
     *
     * @throws Exception makes this example a failed one; the others are played
     */
    void play(Stage stage) throws Exception;
}

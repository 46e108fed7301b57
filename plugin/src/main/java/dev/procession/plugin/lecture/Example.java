package dev.procession.plugin.lecture;

import java.util.List;

/**
 * A few processes to learn from, and what must be true of each run of them. An object plays once.
 *
 * <p>A project adds examples of its own: public classes with a public constructor without parameters, in its test class
 * path, which {@code META-INF/services/dev.procession.plugin.lecture.Example} names. The words for one are beside its
 * class, in {@code <Class>_en.properties} and {@code <Class>_uk.properties}; {@code docs/own-examples.md} tells more.
 */
@FunctionalInterface
public interface Example {

    /**
     * Plays, and checks what happened. When this takes too long, the children are killed and the thread is interrupted.
     *
     * @param stage makes the children, and takes down what was seen
     * @throws Exception makes this example a failed one; the others are played
     */
    void play(Stage stage) throws Exception;

    /** {@return classes that a reader of this one needs, too: what the children run, or share} */
    default List<Class<?>> readWith() {
        return List.of();
    }
}

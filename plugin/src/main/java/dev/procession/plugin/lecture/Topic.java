package dev.procession.plugin.lecture;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A place in the lecture: what can be asked for, and the examples that answer it, one after the other. Its texts are in
 * the resources, under its number.
 *
 * @param number two digits
 * @param name what a user may type instead of the number
 * @param examples make the examples for one run
 * @param words what a project says of its own example; null for those of the lecture
 */
public record Topic(
        String number,
        String name,
        List<Supplier<Example>> examples,
        @Nullable OwnWords words) {

    public Topic(String number, String name, List<Supplier<Example>> examples) {
        this(number, name, examples, null);
    }

    void play(Stage stage) throws Exception {
        for (Supplier<Example> example : examples) {
            example.get().play(stage);
        }
    }

    public boolean isCalled(String word) {
        return word.equals(name) || word.equalsIgnoreCase(number) || ("0" + word).equals(number);
    }

    /** Whether a word of its name, such as {@code lock} of {@code lock-value-array}, is this one. */
    public boolean isAbout(String word) {
        return List.of(name.split("-", -1)).contains(word);
    }

    public boolean isOwn() {
        return words != null;
    }

    public String numberAndName() {
        return number + " " + name;
    }
}

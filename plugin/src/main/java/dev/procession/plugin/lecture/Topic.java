package dev.procession.plugin.lecture;

import java.util.List;
import java.util.function.Supplier;

/**
 * A place in the lecture: what can be asked for, and the examples that answer it, one after the other. Its texts are in
 * the resources, under its number.
 *
 * @param number two digits
 * @param name what a user may type instead of the number
 * @param examples make the examples for one run
 */
record Topic(String number, String name, List<Supplier<Example>> examples) {

    void play(Stage stage) throws Exception {
        for (Supplier<Example> example : examples) {
            example.get().play(stage);
        }
    }

    boolean isCalled(String word) {
        return word.equals(name) || word.equals(number) || ("0" + word).equals(number);
    }

    String numberAndName() {
        return number + " " + name;
    }
}

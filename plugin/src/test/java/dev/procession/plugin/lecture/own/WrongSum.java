package dev.procession.plugin.lecture.own;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;

/** Has checked something, and throws what JUnit's assertions throw. */
public class WrongSum implements Example {
    @Override
    public void play(Stage stage) {
        stage.check("before", 1, 1);
        throw new AssertionError("expected: <4> but was: <5>");
    }
}

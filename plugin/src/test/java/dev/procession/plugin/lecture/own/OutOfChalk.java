package dev.procession.plugin.lecture.own;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;

/** Throws. */
public class OutOfChalk implements Example {
    @Override
    public void play(Stage stage) {
        throw new IllegalStateException("out of chalk");
    }
}

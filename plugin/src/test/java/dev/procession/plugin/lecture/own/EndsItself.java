package dev.procession.plugin.lecture.own;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;

/** Takes its JVM with it. */
public class EndsItself implements Example {
    @Override
    public void play(Stage stage) {
        stage.session().mark("the last word");
        System.out.println("keeps files in " + stage.file("none").getParent());
        Runtime.getRuntime().halt(9);
    }
}

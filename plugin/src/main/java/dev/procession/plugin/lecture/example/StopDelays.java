package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.session.Session;

/** Draws the two delays of 06 as bars in main's lane: from set() until a child says that it has seen it. */
final class StopDelays {
    private StopDelays() {}

    static void draw(Stage stage, ChildProcess sooner, ChildProcess later) throws Exception {
        Session.Span slow = stage.session().span(later.name() + ": delay");
        Session.Span fast = stage.session().span(sooner.name() + ": delay");
        stage.await(sooner, "sees the stop");
        fast.close();
        stage.await(later, "sees the stop");
        slow.close();
    }
}

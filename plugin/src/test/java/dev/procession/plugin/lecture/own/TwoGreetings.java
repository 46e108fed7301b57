package dev.procession.plugin.lecture.own;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import java.time.Duration;
import java.util.List;

/** As a project writes one: in a package of its own, with what is public. */
public class TwoGreetings implements Example {
    @Override
    public void play(Stage stage) throws Exception {
        stage.part("only");
        List<ChildProcess> greeters =
                stage.children(2, "Greeter-", Greeting::new);
        long begin = System.nanoTime();
        stage.start(greeters);
        stage.join(greeters);
        System.out.println("said by the process that plays");
        stage.check("both", List.of("hello 1", "hello 2"), stage.printedBy(greeters));
        stage.check("without-words", 1, 1);
        stage.measured("both", System.nanoTime() - begin, Duration.ZERO, Duration.ofSeconds(20));
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(Greeting.class);
    }
}

package dev.procession.plugin.lecture;

import dev.procession.channel.ProcessQueue;
import dev.procession.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** In a child: plays an example of a project, and tells what it sees. */
final class ExampleHost {
    static final String LINE = "line";
    static final String CHECK = "check";
    static final String MEASURED = "measured";
    static final String READ_WITH = "read with";
    static final String THREW = "threw";
    static final String END = "end";

    private ExampleHost() {}

    static void play(
            String className,
            List<String> classPath,
            String session,
            String directory,
            double speed,
            ProcessQueue<List<String>> talk)
            throws Exception {
        Transcript transcript =
                new Transcript(line -> tell(talk, LINE, line.process(), Boolean.toString(line.error()), line.text()));
        List<Path> paths = classPath.stream().map(Path::of).toList();
        String thrown = "";
        Cast cast = new Cast(paths, Optional.empty(), transcript);
        try (Stage stage =
                new Stage(cast, new Speed(speed), transcript, Session.attach(Path.of(session)), Path.of(directory))) {
            try {
                Example example = find(className);
                // Before it is played: also of one that fails the source is shown.
                example.readWith().forEach(type -> tell(talk, READ_WITH, type.getName()));
                example.play(stage);
            } catch (MishapException e) {
                thrown = String.valueOf(e.getMessage());
            } catch (Throwable e) { // an AssertionError is what most people throw in a test
                thrown = Culprit.told(e, "all of the stack in the transcript");
                e.printStackTrace(); // this process's standard error is in the transcript
            }
            for (Check check : stage.findings().checks()) {
                tell(talk, CHECK, check.key(), Boolean.toString(check.holds()), check.expected(), check.observed());
            }
            for (Measurement one : stage.findings().measurements()) {
                tell(
                        talk,
                        MEASURED,
                        one.key(),
                        Long.toString(one.nanos()),
                        Long.toString(one.usualFrom()),
                        Long.toString(one.usualTo()));
            }
        }
        if (!thrown.isEmpty()) {
            tell(talk, THREW, thrown);
        }
        tell(talk, END);
    }

    /** Not by the loader of services, which gives up at the first name that is wrong: the others are to be played. */
    private static Example find(String className) throws MishapException {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return Class.forName(className, true, loader)
                    .asSubclass(Example.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new MishapException("cannot be made: META-INF/services/" + Example.class.getName() + " names "
                    + className + ", which must be a public class with a public constructor without parameters that"
                    + " implements Example: " + e);
        }
    }

    private static void tell(ProcessQueue<List<String>> talk, String... words) {
        try {
            talk.put(new ArrayList<>(List.of(words)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

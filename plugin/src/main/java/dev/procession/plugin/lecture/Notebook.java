package dev.procession.plugin.lecture;

import dev.procession.process.ChildTask;
import dev.procession.session.Session;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * With it any process of an example writes into the event record what the library cannot know: marks, and how long
 * something took. Travels to the children, and takes part in the session there.
 */
public final class Notebook implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String path;
    private transient @Nullable Session session;

    Notebook(String path) {
        this.path = path;
    }

    /** A moment, with words. */
    public void mark(String words) {
        session().mark(words);
    }

    /** Takes this long, and calls it so: a stand-in for work of any kind. */
    public void spend(String words, Duration time) throws InterruptedException {
        Session.Span span = session().span(words);
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } finally {
            span.close();
        }
    }

    /** The same task, in a child that takes part in the session from its first moment on. */
    public ChildTask whileRunning(ChildTask task) {
        return () -> {
            session();
            task.run();
        };
    }

    private synchronized Session session() {
        Session here = session;
        if (here == null) {
            here = Session.attach(Path.of(path));
            session = here;
        }
        return here;
    }
}

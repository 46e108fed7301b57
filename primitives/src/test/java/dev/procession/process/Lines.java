package dev.procession.process;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what children print. */
final class Lines implements ChildOutput {
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();

    @Override
    public void line(String process, boolean error, String line) {
        (error ? err : out).add(line);
    }

    List<String> out() {
        return out;
    }

    List<String> err() {
        return err;
    }
}

package dev.procession.plugin.sort.failure;

import java.util.ArrayList;
import java.util.List;

/** What could not be done, one line for each entry. Of a disk that refuses everything the first thousand lines will do. */
public final class Failures {
    private static final int MOST = 1_000;

    private final List<String> lines = new ArrayList<>();
    private int count;

    public void add(String line) {
        count++;
        if (count <= MOST) {
            lines.add(line);
        }
    }

    /** All that others have found. */
    public void addAll(Failures others) {
        others.lines.forEach(this::add);
        count += others.count - others.lines.size();
    }

    public int count() {
        return count;
    }

    public List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (count > MOST) {
            all.add("and " + (count - MOST) + " more");
        }
        return all;
    }
}

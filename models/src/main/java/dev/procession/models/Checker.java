package dev.procession.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks all states of a model, breadth first, so that a trace to a fault is a shortest one.
 *
 * <p>Two things are checked: no state is {@linkplain Model#broken broken}; and from every state, by dependable steps
 * alone, a {@linkplain Model#finished finished} one can be reached. The second finds deadlocks and also traps (loops
 * that cannot be left); it is what "ends at last" means for a scheduler that is fair to every step.
 */
final class Checker {
    private final Model model;
    private final int limit;
    private final StateSet states;
    private final Ints parents = new Ints();
    /** Edges of all states one behind the other: target * 2, + 1 where the step is dependable. */
    private final Ints edges = new Ints();

    private final Ints firstEdge = new Ints();

    private Checker(Model model, int limit) {
        this.model = model;
        this.limit = limit;
        this.states = new StateSet(model.initial().length);
    }

    /**
     * Checks {@code model} completely.
     *
     * @throws IllegalStateException where it has more than {@code limit} states
     */
    static Verdict check(Model model, int limit) {
        long start = System.nanoTime();
        Checker checker = new Checker(model, limit);
        Fault fault = checker.walk();
        if (fault == null) {
            fault = checker.firstTrapped();
        }
        return new Verdict(checker.states.size(), checker.edges.size(), System.nanoTime() - start, fault);
    }

    private @Nullable Fault walk() {
        add(model.initial(), -1);
        for (int index = 0; index < states.size(); index++) {
            byte[] state = states.get(index);
            String broken = model.broken(state);
            if (broken != null) {
                return new Fault(broken, trace(index));
            }
            firstEdge.add(edges.size());
            Collector collector = new Collector(state, index);
            model.steps(state, collector);
        }
        firstEdge.add(edges.size());
        return null;
    }

    private int add(byte[] state, int parent) {
        int before = states.size();
        int index = states.add(state);
        if (index == before) {
            parents.add(parent);
            if (index >= limit) {
                throw new IllegalStateException("more states than expected: limit=" + limit);
            }
        }
        return index;
    }

    private final class Collector implements Model.Steps {
        private final byte[] state;
        private final int index;

        Collector(byte[] state, int index) {
            this.state = state;
            this.index = index;
        }

        @Override
        public byte[] copy() {
            return state.clone();
        }

        @Override
        public void add(StepKind kind, int actor, String label, byte[] next) {
            edges.add(Checker.this.add(next, index) * 2 + (kind.dependable ? 1 : 0));
        }
    }

    /** The first state from which no dependable way leads to a finished one. */
    private @Nullable Fault firstTrapped() {
        int count = states.size();
        int[] start = new int[count + 2];
        for (int e = 0; e < edges.size(); e++) {
            if ((edges.get(e) & 1) != 0) {
                start[edges.get(e) / 2 + 2]++;
            }
        }
        for (int i = 2; i < start.length; i++) {
            start[i] += start[i - 1];
        }
        int[] sources = new int[start[count + 1]];
        for (int source = 0; source < count; source++) {
            for (int e = firstEdge.get(source); e < firstEdge.get(source + 1); e++) {
                if ((edges.get(e) & 1) != 0) {
                    sources[start[edges.get(e) / 2 + 1]++] = source;
                }
            }
        }
        boolean[] good = new boolean[count];
        int[] queue = new int[count];
        int tail = 0;
        for (int index = 0; index < count; index++) {
            if (model.finished(states.get(index))) {
                good[index] = true;
                queue[tail++] = index;
            }
        }
        for (int head = 0; head < tail; head++) {
            for (int i = start[queue[head]]; i < start[queue[head] + 1]; i++) {
                if (!good[sources[i]]) {
                    good[sources[i]] = true;
                    queue[tail++] = sources[i];
                }
            }
        }
        for (int index = 0; index < count; index++) {
            if (!good[index]) {
                return new Fault("no way on to an end that is good for all the living", trace(index));
            }
        }
        return null;
    }

    private List<String> trace(int index) {
        List<String> lines = new ArrayList<>();
        for (int at = index; at > 0; at = parents.get(at)) {
            lines.add(line(states.get(parents.get(at)), states.get(at)));
        }
        lines.add("     " + model.describe(states.get(0)));
        Collections.reverse(lines);
        return lines;
    }

    private String line(byte[] from, byte[] to) {
        String[] found = new String[1];
        model.steps(from, new Model.Steps() {
            @Override
            public byte[] copy() {
                return from.clone();
            }

            @Override
            public void add(StepKind kind, int actor, String label, byte[] next) {
                if (found[0] == null && Arrays.equals(next, to)) {
                    found[0] = "t" + actor + "   " + (kind == StepKind.RUN ? "" : kind + " ") + label;
                }
            }
        });
        return Objects.requireNonNull(found[0]) + "\n     " + model.describe(to);
    }

    /**
     * What came out.
     *
     * @param fault what is wrong first, or null
     */
    record Verdict(
            int states, int steps, long nanos, @Nullable Fault fault) {}

    /** A fault and a shortest way to it. */
    record Fault(String what, List<String> trace) {
        @Override
        public String toString() {
            return what + "\n" + String.join("\n", trace);
        }
    }
}

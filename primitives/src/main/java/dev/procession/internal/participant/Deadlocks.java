package dev.procession.internal.participant;

import java.util.List;

/** Tells people of a deadlock. */
public final class Deadlocks {
    private Deadlocks() {}

    /** {@return the circle in one sentence} */
    public static String describe(Participant participant, WaitCycle cycle) {
        StringBuilder text = new StringBuilder(100).append("deadlock: ");
        List<WaitCycle.Edge> edges = cycle.edges();
        for (int i = 0; i < edges.size(); i++) {
            WaitCycle.Edge edge = edges.get(i);
            WaitCycle.Edge holder = edges.get((i + 1) % edges.size());
            text.append(i == 0 ? "" : "; ")
                    .append(who(participant, edge))
                    .append(" waits for ")
                    .append(edge.label())
                    .append(", which ")
                    .append(edges.size() == 1 ? "it holds itself" : who(participant, holder) + " holds");
        }
        return text.append("; none of them would ever go on").toString();
    }

    private static String who(Participant participant, WaitCycle.Edge edge) {
        return "thread " + edge.threadName() + " of "
                + participant.facts(edge.owner()).label();
    }
}

package dev.procession.process;

import java.util.List;

/**
 * What a child's JVM is made ready for. A JVM's defaults are for programs that run for hours; most children live for
 * less than a second.
 */
public enum ChildTuning {
    /** As the JVM chooses by itself; for children that work for longer than a few seconds. */
    STANDARD(""),

    /**
     * A brief life that begins cold: no optimizing compiler and no file of performance counters. The collector stays the
     * JVM's choice, since the objects in a class-data archive are of no use to the serial one on JDK 17, which costs such
     * a start 10 ms.
     */
    BRIEF("-XX:TieredStopAtLevel=1 -Xshare:auto -XX:-UsePerfData"),

    /**
     * A brief life that begins in a JVM that was booted ahead, see {@link ChildSpares}: as {@link #BRIEF}, with the serial
     * collector, whose JVMs end some milliseconds faster.
     */
    BRIEF_FROM_SPARE("-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:-UsePerfData");

    private final String jvmOptions;

    ChildTuning(String jvmOptions) {
        this.jvmOptions = jvmOptions;
    }

    /**
     * The JVM options that it stands for.
     *
     * @return unmodifiable; they come after the inherited options and before those that are added one by one
     */
    public List<String> jvmOptions() {
        return jvmOptions.isEmpty() ? List.of() : List.of(jvmOptions.split(" ", -1));
    }
}

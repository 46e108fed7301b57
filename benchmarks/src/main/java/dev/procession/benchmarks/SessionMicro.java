package dev.procession.benchmarks;

import dev.procession.session.Session;
import org.openjdk.jmh.annotations.Benchmark;

/** A session from its creation to its end. */
public class SessionMicro {
    /** One after the other. */
    @Benchmark
    public void sessionCreateClose() {
        Session.create().close();
    }
}

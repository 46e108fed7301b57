/**
 * Child processes and inter-process primitives for the JVM: what Python's multiprocessing is to Python.
 *
 * <p>Start with {@link dev.procession.process.ChildProcess} and {@link dev.procession.pool.ProcessPool}.
 */
module dev.procession.primitives {
    // Not transitive: that would ask every module that uses this one to have these annotations when it is compiled.
    requires static org.jspecify;
    requires static java.management;

    exports dev.procession;
    exports dev.procession.channel;
    exports dev.procession.manager;
    exports dev.procession.process;
    exports dev.procession.pool;
    exports dev.procession.session;
    exports dev.procession.shared;
    exports dev.procession.sync;
    exports dev.procession.timeline;
}

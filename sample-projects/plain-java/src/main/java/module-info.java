/** A program with child processes. On the class path and in the single jar this file means nothing. */
module dev.procession.samples.plain {
    requires dev.procession.primitives;
}

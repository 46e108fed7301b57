/**
 * Data that processes of a session have together: variables, arrays, bytes, records, lists, and named segments. They lie
 * in shared memory and are read and written in place; nothing is copied to travel but a small handle.
 *
 * <p>Memory consistency effects: the modes of {@code java.util.concurrent.atomic} hold between processes of one machine as
 * they do between threads. The Java language promises nothing for them; what is relied on is that each mode is compiled to
 * the same instructions for a mapped file as for an array.
 */
@NullMarked
package dev.procession.shared;

import org.jspecify.annotations.NullMarked;

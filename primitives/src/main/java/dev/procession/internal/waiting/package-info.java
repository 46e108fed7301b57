/**
 * How threads wait for something that another process does: spin, short parks, then a doorbell, and a recheck that never
 * trusts a ring. Knows nothing of what is waited for.
 */
@NullMarked
package dev.procession.internal.waiting;

import org.jspecify.annotations.NullMarked;

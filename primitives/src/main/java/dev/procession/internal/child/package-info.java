/**
 * One child JVM, seen from both sides: the parent's command line, channel and watch over it, and the child's main.
 * Knows neither {@code ChildProcess} nor the pool, which are both built on it.
 */
@NullMarked
package dev.procession.internal.child;

import org.jspecify.annotations.NullMarked;

/** The one recoverable primitive: a lock word that survives the death of its owner at every instruction. */
@NullMarked
package dev.procession.internal.locking;

import org.jspecify.annotations.NullMarked;

/** What the library says of its own doings, if anybody wants to hear it. */
@NullMarked
package dev.procession.internal.log;

import org.jspecify.annotations.NullMarked;

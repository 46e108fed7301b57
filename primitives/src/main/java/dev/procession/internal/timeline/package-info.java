/** Makes a timeline of the rings of a session's processes. Knows no session: it is given the places of the rings. */
@NullMarked
package dev.procession.internal.timeline;

import org.jspecify.annotations.NullMarked;

/**
 * Sessions: the shared memory that processes of one user on one machine have together, who takes part in it, and how it
 * is cleaned up.
 */
@NullMarked
package dev.procession.session;

import org.jspecify.annotations.NullMarked;

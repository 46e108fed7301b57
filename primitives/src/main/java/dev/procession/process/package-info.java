/** Child processes: their life, their exit status, their output, and who their parent is. */
@NullMarked
package dev.procession.process;

import org.jspecify.annotations.NullMarked;

/** What a goal tells its user: lines for the build's log, and the words and numbers in them. */
@NullMarked
package dev.procession.plugin.report;

import org.jspecify.annotations.NullMarked;

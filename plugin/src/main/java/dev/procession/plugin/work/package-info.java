/**
 * What all engines need for their work: how many processes do it, tasks that run in them or here, and what the file
 * system says of a file. Knows no engine.
 */
@NullMarked
package dev.procession.plugin.work;

import org.jspecify.annotations.NullMarked;

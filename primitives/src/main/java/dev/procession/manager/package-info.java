/**
 * Objects in a server process, for which other processes hold proxies: maps, lists, queues, locks and types of one's own. Start
 * with {@link dev.procession.manager.ProcessManager}.
 */
@NullMarked
package dev.procession.manager;

import org.jspecify.annotations.NullMarked;

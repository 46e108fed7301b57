package dev.procession.timeline;

import java.time.Instant;

/**
 * A process that records, or recorded until it ended.
 *
 * @param participant its identity in the session; events that are about a process have it as their object or value
 * @param pid its process id
 * @param name as it was given. Data, not markup
 * @param started when the process started
 * @param readable false if its record was not begun, is of another version, or is damaged
 * @param recorded how many events it ever began to record
 * @param lost how many of them are not in the snapshot: replaced by newer ones, given up, or unfinished because it was killed or
 *     is at it
 * @param namesLost how many names and texts found no room
 * @param clock how its clock lies to that of the first process
 */
public record TimelineProcess(
        long participant,
        long pid,
        String name,
        Instant started,
        boolean readable,
        long recorded,
        long lost,
        long namesLost,
        ProcessClock clock) {}

package dev.procession.internal.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Which start of the machine this is. A session that is older was left behind: its processes are gone, and the clocks that
 * its words were written by began anew.
 */
final class BootId {
    /** The kernel's random boot id, folded to a long; 0 where there is none to read. */
    static final long VALUE = read(Path.of("/proc/sys/kernel/random/boot_id"));

    private BootId() {}

    static long read(Path file) {
        try {
            UUID id = UUID.fromString(Files.readString(file).strip());
            long folded = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
            return folded == 0 ? 1 : folded;
        } catch (IOException | IllegalArgumentException e) {
            return 0; // not Linux, or /proc is hidden: then this check is not made
        }
    }
}

package dev.procession.plugin.output;

import java.util.OptionalLong;

/**
 * A file of a bundle with what was measured of it.
 *
 * @param chunk the file
 * @param name relative to the output directory, with '/'
 * @param bytes its size
 * @param gzip its size after gzip, where somebody wanted it; as it is when that would be larger
 * @param brotli the same after Brotli
 * @param integrity see {@link Integrity}; empty for what no page names, and where nobody wanted it
 */
record Measured(Chunk chunk, String name, long bytes, OptionalLong gzip, OptionalLong brotli, String integrity) {

    /** Whether browsers load it for the users: maps are for developers, notices for lawyers. */
    boolean isShipped() {
        return isShipped(chunk.role());
    }

    static boolean isShipped(Chunk.Role role) {
        return role != Chunk.Role.MAP && role != Chunk.Role.NOTICE;
    }

    /** In what a budget is measured; what was not measured, since it is not compressed, counts as it is. */
    long in(Budget.Measure measure) {
        return switch (measure) {
            case RAW -> bytes;
            case GZIP -> gzip.orElse(bytes);
            case BROTLI -> brotli.orElse(bytes);
        };
    }
}

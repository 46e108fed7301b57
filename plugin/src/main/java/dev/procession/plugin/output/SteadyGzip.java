package dev.procession.plugin.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Gzip that gives the same bytes for the same content: its header holds neither a time nor a name. (The JDK writes
 * neither, and since 16 no system either.)
 */
final class SteadyGzip extends GZIPOutputStream {
    private static final int BUFFER = 16 * 1024;

    SteadyGzip(OutputStream out) throws IOException {
        super(out, BUFFER);
        // It is compressed once and sent often.
        def.setLevel(Deflater.BEST_COMPRESSION);
    }
}

package dev.procession.plugin.output;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;

/** The only class that names brotli4j: it is on the class path of children alone. */
final class BrotliEncoding {
    /** It is compressed once and sent often. */
    private static final int BEST = 11;

    /** What browsers must be able to keep: 16 MB. */
    private static final int LARGEST_WINDOW = 24;

    private BrotliEncoding() {}

    static OutputStream open(OutputStream target, String nativeLibrary) throws IOException {
        // Otherwise it would unpack its library into a directory for temporary files, and a child that is killed would
        // leave it there.
        System.setProperty("brotli4j.library.path", nativeLibrary);
        Throwable fault = Brotli4jLoader.getUnavailabilityCause();
        if (fault != null) {
            throw new IOException("Brotli's library " + nativeLibrary + " cannot be loaded: " + fault.getMessage());
        }
        Encoder.Parameters parameters =
                new Encoder.Parameters().setQuality(BEST).setWindow(LARGEST_WINDOW).setMode(Encoder.Mode.TEXT);
        return new BrotliOutputStream(target, parameters);
    }
}

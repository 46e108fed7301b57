package dev.procession.plugin.sort.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.tika.detect.Detector;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;

/** Stands for a detector with a fault: some files crash the process, some hang it, some eat its memory. */
public final class SabotagedDetector implements Detector {
    private static final long serialVersionUID = 1L;

    /** Made by the service loader, in a child. */
    public SabotagedDetector() {}

    @Override
    public MediaType detect(InputStream in, Metadata metadata) throws IOException {
        if (in == null) {
            return MediaType.OCTET_STREAM;
        }
        in.mark(16);
        String head = new String(in.readNBytes(16), StandardCharsets.US_ASCII);
        in.reset();
        if (head.startsWith("CRASH")) {
            Runtime.getRuntime().halt(134);
        } else if (head.startsWith("HANG")) {
            while (!head.isEmpty()) {
                LockSupport.parkNanos(100_000_000); // an interrupt does not end it, and others may have the processor
            }
        } else if (head.startsWith("EAT")) {
            List<byte[]> eaten = new ArrayList<>();
            while (eaten.size() < 10_000) {
                eaten.add(new byte[10 << 20]);
            }
        } else if (head.startsWith("DEEP")) {
            return detect(in, metadata);
        } else if (head.startsWith("THROW")) {
            throw new IllegalStateException("a fault\nin a detector");
        }
        return MediaType.OCTET_STREAM;
    }
}

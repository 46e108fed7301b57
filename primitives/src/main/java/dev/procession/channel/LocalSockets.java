package dev.procession.channel;

import dev.procession.internal.memory.SessionBase;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/**
 * Finds places for sockets of this machine: in a directory that only this user can enter, beside the user's sessions. What a
 * killed listener left there is removed by the next one.
 */
final class LocalSockets {
    private static final String PREFIX = "socket-";

    /** Between its binding and its first accept a socket refuses connections, like a dead one. */
    private static final Duration YOUNG = Duration.ofSeconds(30);

    private LocalSockets() {}

    static UnixDomainSocketAddress unused() throws IOException {
        Path base = SessionBase.choose().path();
        removeDead(base);
        String name = PREFIX + Long.toString(new SecureRandom().nextLong() & Long.MAX_VALUE, 36);
        return UnixDomainSocketAddress.of(base.resolve(name));
    }

    private static void removeDead(Path base) throws IOException {
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(base, PREFIX + "*")) {
            for (Path socket : sockets) {
                if (isDead(socket)) {
                    Files.deleteIfExists(socket);
                }
            }
        }
    }

    /** The kernel knows whether anybody listens. */
    private static boolean isDead(Path socket) {
        try {
            Instant limit = Instant.now().minus(YOUNG);
            if (Files.getLastModifiedTime(socket).toInstant().isAfter(limit)) {
                return false;
            }
            try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                probe.configureBlocking(false); // a listener whose queue is full lives
                probe.connect(UnixDomainSocketAddress.of(socket));
                return false;
            }
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            return false; // it went meanwhile, or cannot be judged
        }
    }
}

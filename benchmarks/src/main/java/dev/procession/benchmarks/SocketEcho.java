package dev.procession.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Eight bytes to the other process and back, by Unix sockets that do not block and a selector on each side. */
final class SocketEcho implements Closeable {
    private final Path directory;
    private final ServerSocketChannel server;
    private @Nullable End end;

    private SocketEcho(Path directory, ServerSocketChannel server) {
        this.directory = directory;
        this.server = server;
    }

    static SocketEcho bind() throws IOException {
        Path directory = Files.createTempDirectory("procession-echo");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
        return new SocketEcho(directory, server);
    }

    String path() {
        return directory.resolve("s").toString();
    }

    void call(int times) throws IOException {
        End known = end;
        if (known == null) {
            known = new End(server.accept());
            end = known;
        }
        for (int i = 0; i < times; i++) {
            known.send();
            known.receive();
        }
    }

    /** The other process's part. */
    static void answer(String path, int times) throws IOException {
        End known = Other.end(path);
        for (int i = 0; i < times; i++) {
            known.receive();
            known.send();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        End known = end;
        if (known != null) {
            known.close();
        }
        Files.delete(directory.resolve("s"));
        Files.delete(directory);
    }

    /** The only one of a child, whose work comes again for each round. */
    private static final class Other {
        private static @Nullable End end;

        static synchronized End end(String path) throws IOException {
            End known = end;
            if (known == null) {
                known = new End(SocketChannel.open(UnixDomainSocketAddress.of(path)));
                end = known;
            }
            return known;
        }
    }

    private static final class End implements AutoCloseable {
        private final SocketChannel line;
        private final Selector selector = Selector.open();
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(Long.BYTES);

        End(SocketChannel line) throws IOException {
            this.line = line;
            line.configureBlocking(false);
            line.register(selector, SelectionKey.OP_READ);
        }

        void send() throws IOException {
            bytes.clear();
            if (line.write(bytes) != Long.BYTES) {
                throw new IOException("eight bytes do not fit into an empty socket");
            }
        }

        void receive() throws IOException {
            while (true) {
                selector.select();
                selector.selectedKeys().clear();
                bytes.clear();
                int length = line.read(bytes);
                if (length == Long.BYTES) {
                    return;
                }
                if (length != 0) {
                    throw new IOException("the other process ended");
                }
            }
        }

        @Override
        public void close() throws IOException {
            selector.close();
            line.close();
        }
    }
}

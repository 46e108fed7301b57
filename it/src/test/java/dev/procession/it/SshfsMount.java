package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A folder behind a real network file system: sshfs, which talks to an SFTP server on this machine through a pipe instead
 * of ssh. Closing it unmounts, whatever has become of the server.
 */
final class SshfsMount implements AutoCloseable {
    static final String TYPE = "fuse.sshfs";
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** Outside of the build's folders: nobody who walks through those meets a server that does not answer. */
    private final Path home;

    private final Path folder;
    private final Path served;
    private final Process sshfs;

    private SshfsMount(Path home, Path folder, Path served, Process sshfs) {
        this.home = home;
        this.folder = folder;
        this.served = served;
        this.sshfs = sshfs;
    }

    /** Mounts it. Where that is not possible the test is skipped, and says why. */
    static SshfsMount open() throws Exception {
        Path program = Surroundings.findOnPath("sshfs");
        Path unmount = unmountProgram();
        Path server = Stream.of(
                        "/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/lib/ssh/sftp-server")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (program == null || unmount == null || server == null) {
            throw missing(
                    program == null ? "no sshfs on the PATH" : unmount == null ? "no fusermount" : "no sftp-server");
        }
        if (!Files.isReadable(Path.of("/dev/fuse")) || !Files.isWritable(Path.of("/dev/fuse"))) {
            throw missing("no permission to use /dev/fuse, or no such device");
        }
        Path home = Files.createTempDirectory("procession-sshfs").toRealPath();
        Path folder = Files.createDirectory(home.resolve("mounted"));
        Path served = Files.createDirectory(home.resolve("served"));
        // sshfs starts it again when it is lost; a second time there is no server.
        Path command = Files.writeString(home.resolve("connect"), """
                #!/bin/sh
                cd "$(dirname "$0")" && mkdir connected 2>/dev/null || exit 1
                echo $$ >pid.new && mv pid.new pid
                exec %s
                """.formatted(server));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        Path log = home.resolve("log");
        Process sshfs = new ProcessBuilder(
                        program.toString(),
                        "-f",
                        "-o",
                        "reconnect,ssh_command=" + command,
                        "localhost:" + served,
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        SshfsMount mount = new SshfsMount(home, folder, served, sshfs);
        try {
            Eventually.until(
                    LIMIT,
                    () -> "a mount by sshfs",
                    () -> !sshfs.isAlive() || (mount.isMounted() && Files.exists(mount.pidFile())));
            if (!mount.isMounted()) {
                throw missing("sshfs could not mount: " + Files.readString(log).strip());
            }
            // In a process, which can be ended when nobody answers.
            run(
                    "sh",
                    "-c",
                    "mkdir \"$0\" && rmdir \"$0\"",
                    folder.resolve("answers").toString());
            return mount;
        } catch (Exception | Error e) {
            mount.close();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    /** What the server has, seen without it. */
    List<Path> servedFiles() throws IOException {
        try (Stream<Path> files = Files.list(served)) {
            return files.toList();
        }
    }

    /** From now on whoever touches a file waits. */
    void stopServer() throws Exception {
        signal("-STOP", server());
    }

    /** From now on whoever touches a file gets an I/O error. */
    void killServer() throws Exception {
        long pid = server();
        signal("-KILL", pid);
        Eventually.until(
                LIMIT,
                () -> "an end of process " + pid,
                () -> ProcessHandle.of(pid).filter(Processes::isRunning).isEmpty());
    }

    /** From now on whoever touches a file hears that the transport endpoint is not connected. */
    void killClient() throws Exception {
        assertEquals(true, sshfs.destroyForcibly().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    @Override
    public void close() throws IOException {
        try {
            unmount();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + folder + " was unmounted", e);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("unmounting " + folder, e);
        }
    }

    private void unmount() throws Exception {
        try {
            if (isMounted()) {
                // Lazily: that does not ask the server.
                run(String.valueOf(unmountProgram()), "-u", "-z", folder.toString());
            }
        } finally {
            sshfs.destroyForcibly();
            if (Files.exists(pidFile())) {
                ProcessHandle.of(server()).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        Eventually.until(LIMIT, () -> "an end of the mount at " + folder, () -> !isMounted());
        // Only what is known to be no part of the mount.
        for (Path path : List.of(folder, served)) {
            Files.delete(path);
        }
        for (String name : List.of("connect", "connected", "log", "pid")) {
            Files.deleteIfExists(home.resolve(name));
        }
        Files.delete(home);
    }

    private boolean isMounted() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" "))
                .anyMatch(fields -> fields[1].equals(folder.toString()) && fields[2].equals(TYPE));
    }

    private Path pidFile() {
        return home.resolve("pid");
    }

    private long server() throws IOException {
        return Long.parseLong(Files.readString(pidFile()).strip());
    }

    private static void signal(String signal, long pid) throws Exception {
        // The shell's own: the program is not everywhere.
        run("sh", "-c", "kill " + signal + " " + pid);
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            assertEquals(true, process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), () -> String.join(" ", command));
            assertEquals(0, process.exitValue(), () -> String.join(" ", command));
        } finally {
            process.destroyForcibly();
        }
    }

    private static @Nullable Path unmountProgram() {
        return Surroundings.findOnPath("fusermount3", "fusermount");
    }

    private static RuntimeException missing(String what) {
        String text = what + ": no cache directory on a network file system was tried. "
                + "Needed: sshfs, OpenSSH's sftp-server and /dev/fuse (Debian: apt-get install sshfs openssh-sftp-server)";
        System.out.println("SKIPPED " + NetworkCacheDirectoryIT.class.getSimpleName() + ": " + text);
        return Assumptions.abort(text);
    }
}

package dev.procession.plugin.engine;

import dev.procession.plugin.work.EndWithJvm;
import dev.procession.plugin.work.FileName;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One running engine. It works on one request at a time, for one thread at a time; closing waits for its end.
 *
 * <p>It reads requests from its standard input and ends when that is closed, and it writes once a second and ends when
 * nobody reads. So it outlives this JVM by about a second at most, however this JVM ends: the system closes the pipes. A
 * JVM that is asked to end kills it.
 *
 * <p>A thread that waits for an answer can be interrupted; the process is ended then and answers no more.
 */
public final class EngineProcess implements AutoCloseable {
    private static final int SIGINT = 2;
    private static final int SIGKILL = 9;

    /** The engine needs milliseconds to end; one that does not is stuck in the system. */
    private static final long END_SECONDS = 10;

    private final Engine engine;
    private final Process process;
    private final OutputStream requests;
    private final AnswerReader answers;
    private final ErrorText errors;
    private final EndWithJvm hook;
    private int requestsSent;

    private EngineProcess(Engine engine, Process process) {
        this.engine = engine;
        this.process = process;
        this.requests = process.getOutputStream();
        this.answers =
                new AnswerReader(new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16)));
        this.errors = new ErrorText(process.getErrorStream());
        // Left alone it would see only with its next ping that nobody reads, and keep the processors busy until then.
        this.hook = EndWithJvm.of("procession-engine-end", process::destroyForcibly);
    }

    static EngineProcess start(Engine engine, int processors) throws IOException {
        // With pings it writes once a second, and so sees soon that nobody reads any more. Without them it would first
        // finish what it works on, and a killed build would leave it behind for as long as that takes.
        ProcessBuilder builder =
                new ProcessBuilder(engine.executable().toString(), "--service=" + engine.version(), "--ping");
        Map<String, String> environment = builder.environment();
        environment.put("GOMAXPROCS", Integer.toString(processors));
        // A build lasts for a second: collecting garbage costs more than the memory, up to this limit.
        environment.putIfAbsent("GOGC", "off");
        environment.putIfAbsent("GOMEMLIMIT", "1GiB");
        // The engine reads these; a build is to depend on the pom alone.
        environment.remove("NODE_PATH");
        environment.remove("ESBUILD_WORKER_THREADS");
        EngineProcess started = new EngineProcess(engine, Executable.start(builder, engine.executable()));
        try {
            started.answers.start();
            started.errors.start();
            started.greet();
            return started;
        } catch (Throwable e) {
            started.close();
            throw e;
        }
    }

    /** The first thing that the engine says is its version. */
    private void greet() throws IOException {
        try {
            Optional<byte[]> greeting = answers.take();
            String said = greeting.isPresent() ? new String(greeting.get(), StandardCharsets.UTF_8) : "";
            if (said.isEmpty() && process.waitFor(END_SECONDS, TimeUnit.SECONDS) && process.exitValue() > 128) {
                checkInterrupted();
                throw new EngineFailedException("the engine " + Executable.shown(engine.executable())
                        + " died as it started" + ending() + advice());
            }
            if (!said.equals(engine.version())) {
                throw new EngineFailedException(Executable.shown(engine.executable()) + " is no esbuild of version "
                        + engine.version() + (said.isEmpty() ? ending() : ", but " + said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while the engine started");
        }
    }

    /**
     * Transforms a text.
     *
     * @param transform what to do
     * @return what came of it
     * @throws IOException when the engine dies or cannot be understood
     * @throws InterruptedException when this thread is interrupted
     */
    public Transform.Result transform(Transform transform) throws IOException, InterruptedException {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("command", "transform");
        request.put("flags", withQuiet(transform.flags()));
        request.put("inputFS", false);
        request.put("input", transform.text());
        Answer answer = ask(request);
        return new Transform.Result(
                answer.text("code"), answer.text("map"), answer.messages("errors"), answer.messages("warnings"));
    }

    /**
     * Makes a build.
     *
     * @param build what to do
     * @return what came of it
     * @throws IOException when the engine dies or cannot be understood
     * @throws InterruptedException when this thread is interrupted
     */
    public Build.Result build(Build build) throws IOException, InterruptedException {
        List<String> flags = withQuiet(build.flags());
        flags.add("--metafile");
        List<Object> entries = new ArrayList<>();
        for (Build.Entry entry : build.entries()) {
            entries.add(List.of(entry.output(), entry.input()));
        }
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("command", "build");
        request.put("key", requestsSent);
        request.put("entries", entries);
        request.put("flags", flags);
        request.put("write", false);
        request.put("stdinContents", null);
        request.put("stdinResolveDir", null);
        request.put("absWorkingDir", build.directory());
        List<String> nodePaths = new ArrayList<>();
        for (Path folder : build.nodePaths()) {
            nodePaths.add(FileName.unicode(folder));
        }
        request.put("nodePaths", nodePaths);
        request.put("context", false);
        Answer answer = ask(request);
        String metafile = answer.text("metafile");
        return new Build.Result(
                answer.files(),
                metafile.isEmpty() ? Optional.empty() : Optional.of(Metafile.parse(new StringReader(metafile))),
                answer.messages("errors"),
                answer.messages("warnings"));
    }

    private static List<String> withQuiet(List<String> flags) {
        List<String> all = new ArrayList<>(List.of("--color=false", "--log-level=silent", "--log-limit=0"));
        all.addAll(flags);
        return all;
    }

    private Answer ask(Map<String, @Nullable Object> request) throws IOException, InterruptedException {
        int id = requestsSent++;
        try {
            send(new Wire.Packet(id, true, request));
            while (true) {
                Optional<byte[]> bytes = answers.take();
                if (bytes.isEmpty()) {
                    checkInterrupted();
                    throw new EngineFailedException("the engine " + Executable.shown(engine.executable())
                            + " died in the middle of its work" + ending() + advice());
                }
                Wire.Packet packet = Wire.decode(bytes.get());
                if (packet.request()) {
                    send(new Wire.Packet(packet.id(), false, Map.of()));
                } else if (packet.id() == id) {
                    return Answer.of(packet.value(), engine);
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private void send(Wire.Packet packet) {
        try {
            requests.write(Wire.encode(packet));
            requests.flush();
        } catch (IOException e) {
            // It does not read any more, so it has died or is about to; the end of its answers tells how.
            process.destroy();
        }
    }

    /** Ctrl-C reaches all processes of a terminal, and this JVM is about to end as well: that is no failure of anything. */
    private void checkInterrupted() throws InterruptedException {
        boolean byUser = process.waitFor(END_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 128 + SIGINT;
        if (byUser || hook.hasEnded()) {
            throw new InterruptedException();
        }
    }

    /** After its end: a machine without memory kills who takes most of it, and would do so again. */
    private String advice() {
        return !process.isAlive() && process.exitValue() == 128 + SIGKILL
                ? "; nothing was written. If the system killed it because memory ran out (its log says so), give the build"
                        + " more memory, or set <processors> lower; else run the build again"
                : "; nothing was written, so run the build again";
    }

    /** How the process ended, and what it said last. */
    private String ending() throws InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            return "";
        }
        int code = process.exitValue();
        String said = errors.text();
        // The JDK tells of a signal as shells do.
        return (code > 128 ? ", killed by signal " + (code - 128) : ", exit code " + code)
                + (said.isEmpty() ? "" : ": " + said);
    }

    /** Ends the process and waits for it and for its readers. */
    @Override
    public void close() {
        boolean interrupted = false;
        try {
            requests.close();
        } catch (IOException e) {
            // A pipe to a dead process cannot be flushed, and need not be.
        }
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        answers.end();
        errors.end();
        hook.forget();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.procession.benchmarks;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs whole processes, and tells what they and all their descendants used; that last only where there is Python. */
final class Commands implements Closeable {
    private final Path log;
    private final @Nullable Process interpreter;

    /**
     * Ready.
     *
     * @param log what commands print; written anew by each
     */
    Commands(Setting setting, Path log) throws IOException {
        this.log = log;
        interpreter = PythonProcess.isHere()
                ? new ProcessBuilder("python3", setting.python("command.py").toString(), log.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                : null;
        orders = interpreter == null ? Writer.nullWriter() : interpreter.outputWriter(StandardCharsets.UTF_8);
        answers = interpreter == null
                ? new BufferedReader(java.io.Reader.nullReader())
                : new BufferedReader(new InputStreamReader(interpreter.getInputStream(), StandardCharsets.UTF_8));
    }

    private final Writer orders;
    private final BufferedReader answers;

    /** {@return whether there is a program of this name on the path} */
    static boolean has(String program) {
        return find(program).isPresent();
    }

    /** {@return the program of this name that is the first on the path} */
    static Optional<Path> find(String program) {
        return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a command to its end; one that fails is an error, and its output is told. */
    Spent run(Path directory, List<String> command) throws IOException, InterruptedException {
        return interpreter == null ? runHere(directory, command) : runThere(directory, command);
    }

    private Spent runThere(Path directory, List<String> command) throws IOException {
        orders.write(directory + "\n" + command.size() + "\n" + String.join("\n", command) + "\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("python3 ended at " + command);
        }
        String[] numbers = answer.split(" ", -1);
        check(Integer.parseInt(numbers[3]), command);
        return new Spent(
                Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2]) / 1024);
    }

    private Spent runHere(Path directory, List<String> command) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int code = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        double millis = (System.nanoTime() - begin) / 1e6;
        check(code, command);
        return new Spent(millis, Double.NaN, Double.NaN);
    }

    private void check(int code, List<String> command) throws IOException {
        if (code != 0) {
            throw new IOException("ended with " + code + ": " + String.join(" ", command) + "\n"
                    + new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        orders.close();
        if (interpreter != null) {
            interpreter.onExit().join();
        }
    }
}

package dev.procession.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** CPython's multiprocessing, in an interpreter that is booted once and measures itself. */
final class PythonProcess implements Contender {
    private final String method;
    private final Process interpreter;
    private final Writer requests;
    private final BufferedReader answers;

    PythonProcess(String method, Path script) throws IOException {
        this.method = method;
        interpreter = new ProcessBuilder("python3", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = interpreter.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(interpreter.getInputStream(), StandardCharsets.UTF_8));
    }

    static boolean isHere() {
        try {
            return new ProcessBuilder("python3", "-c", "import multiprocessing")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public String name() {
        return name(method);
    }

    static String name(String method) {
        return "Python `" + method + "`";
    }

    @Override
    public double run() throws IOException {
        requests.write(method + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("python3 ended");
        }
        return Double.parseDouble(answer.substring(0, answer.indexOf(' ')));
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            // It ends with its input, and removes what it has made.
            if (!interpreter.waitFor(10, TimeUnit.SECONDS)) {
                interpreter.destroyForcibly();
            }
        } catch (InterruptedException e) {
            interpreter.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package dev.procession.benchmarks;

import dev.procession.benchmarks.PairContender.Cost;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** CPython's multiprocessing: one interpreter for all rounds, whose children stay for all rounds too. */
final class PythonPrimitives implements Closeable {
    static final String NAME = "Python";

    private final Process interpreter;
    private final Writer requests;
    private final BufferedReader answers;

    PythonPrimitives(Path script) throws IOException {
        interpreter = new ProcessBuilder("python3", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = interpreter.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(interpreter.getInputStream(), StandardCharsets.UTF_8));
    }

    /** An interpreter for a script, or null and a note where there is no Python. */
    static @Nullable PythonPrimitives ifHere(Path script, Report report) throws IOException {
        if (PythonProcess.isHere()) {
            return new PythonPrimitives(script);
        }
        report.note("python3 is not on the path: its side is left out.");
        return null;
    }

    /** Does one thing so many times. */
    Cost run(String what, int times) throws IOException {
        requests.write(what + " " + times + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("python3 ended at " + what);
        }
        String[] numbers = answer.split(" ", 2);
        return new Cost(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
    }

    /** {@return one of the things that two processes do} */
    PairContender pair(String what) {
        return new PairContender() {
            @Override
            public String name() {
                return NAME;
            }

            @Override
            public Cost run(int times) throws IOException {
                return PythonPrimitives.this.run(what, times);
            }

            @Override
            public void close() {
                // Its interpreter is closed once for all.
            }
        };
    }

    @Override
    public void close() throws IOException {
        requests.close();
        interpreter.onExit().join();
    }
}

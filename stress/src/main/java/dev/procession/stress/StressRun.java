package dev.procession.stress;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the harness, and fails also where it does not: when no test was found, and when tests could not be run at all, which
 * it calls soft errors.
 */
final class StressRun {
    private static final Pattern RESULTS = Pattern.compile(
            "\\(Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs\\)");

    private StressRun() {}

    /**
     * Runs.
     *
     * @param arguments the harness's
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(new Both(console, printed), true, StandardCharsets.UTF_8));
        try {
            org.openjdk.jcstress.Main.main(arguments);
        } finally {
            System.setOut(console);
        }
        Matcher results = RESULTS.matcher(printed.toString(StandardCharsets.UTF_8));
        int planned = 0;
        int passed = -1;
        while (results.find()) {
            planned = Integer.parseInt(results.group(1));
            passed = Integer.parseInt(results.group(2));
        }
        if (planned == 0 || passed != planned) {
            throw new AssertionError("runs planned: " + planned + ", runs passed: " + passed);
        }
    }

    private static final class Both extends OutputStream {
        private final OutputStream first;
        private final OutputStream second;

        Both(OutputStream first, OutputStream second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public synchronized void write(int octet) throws java.io.IOException {
            first.write(octet);
            second.write(octet);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws java.io.IOException {
            first.write(bytes, offset, length);
            second.write(bytes, offset, length);
        }

        @Override
        public void flush() throws java.io.IOException {
            first.flush();
        }
    }
}

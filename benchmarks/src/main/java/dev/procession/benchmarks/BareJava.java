package dev.procession.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A JVM that prints "hi": what no child JVM can beat without being booted ahead. */
final class BareJava implements Contender {
    static final String NAME = "`java` printing \"hi\"";

    private final String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private final String classPath = System.getProperty("java.class.path");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(java, "-cp", classPath, Hi.class.getName()).start();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        int code = process.waitFor();
        double millis = (System.nanoTime() - begin) / 1e6;
        if (code != 0) {
            throw new IOException("java printing hi ended with " + code);
        }
        return millis;
    }

    /** The program. */
    static final class Hi {
        private Hi() {}

        public static void main(String[] arguments) {
            System.out.println("hi");
        }
    }
}

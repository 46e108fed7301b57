package dev.procession.maven;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** What the console of this JVM can print. */
final class ConsoleCharset {
    private ConsoleCharset() {}

    static Charset ofThisJvm() {
        // Since JDK 19 System.out has a charset of its own; before, that is so on terminals only.
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        try {
            return name == null ? Charset.defaultCharset() : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Charset.defaultCharset();
        }
    }
}

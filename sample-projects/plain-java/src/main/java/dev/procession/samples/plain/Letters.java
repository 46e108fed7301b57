package dev.procession.samples.plain;

import dev.procession.process.ChildProcess;

/** A child process as a class: its word travels into the child, where run() counts the letters. */
final class Letters extends ChildProcess {
    private static final long serialVersionUID = 1L;

    private final String word;

    Letters(String word) {
        this.word = word;
    }

    @Override
    protected void run() {
        System.out.println(word + " has " + word.length() + " letters");
    }
}

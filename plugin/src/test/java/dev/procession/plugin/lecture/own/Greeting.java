package dev.procession.plugin.lecture.own;

import dev.procession.process.ChildTask;

/** What the children of {@link TwoGreetings} run. */
record Greeting(int number) implements ChildTask {
    @Override
    public void run() {
        System.out.println("hello " + number);
    }
}

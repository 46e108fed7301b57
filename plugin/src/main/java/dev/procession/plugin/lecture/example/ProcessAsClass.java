package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import java.util.List;

/** 02: a process as a class. Its constructor runs here, its fields travel, and its run() is executed in the child. */
class ProcessAsClass implements Example {
    private static final List<Integer> AMOUNTS = List.of(3, 5, 8);

    @Override
    public void play(Stage stage) throws Exception {
        Session.Span constructing = stage.session().span("constructor");
        Accountant accountant =
                stage.watch(accountant(stage.options("Accountant").build(), stage.notebook()));
        constructing.close();
        accountant.start();
        accountant.join();

        List<String> lines = stage.printedBy(accountant);
        long main = ChildProcess.current().pid();
        stage.check("constructor", List.of("constructed in pid " + main), only("constructed", lines));
        stage.check("run", List.of("running in pid " + accountant.pid()), only("running", lines));
        stage.check("state", List.of("amounts " + AMOUNTS), only("amounts", lines));
        stage.check("methods", List.of("adds 3", "adds 5", "adds 8", "total 16"), only("adds|total", lines));
        // The child has worked on a copy: what it counted there has not happened here.
        stage.check("copy", 0, accountant.total());
    }

    private static List<String> only(String firstWord, List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("(" + firstWord + ") .*"))
                .toList();
    }

    Accountant accountant(ChildOptions options, Notebook notebook) {
        return new Accountant(options, AMOUNTS, notebook);
    }

    /** A child process with data and helper methods. */
    static class Accountant extends ChildProcess {
        private static final long serialVersionUID = 1L;

        final Notebook notebook;
        private final List<Integer> amounts; // serializable, as all that travels
        private final long constructedIn;
        private int total;

        Accountant(ChildOptions options, List<Integer> amounts, Notebook notebook) {
            super(options);
            this.notebook = notebook;
            this.amounts = amounts;
            this.constructedIn = current().pid();
        }

        @Override
        protected void run() {
            notebook.mark("run()");
            System.out.println("constructed in pid " + constructedIn);
            System.out.println("running in pid " + current().pid());
            System.out.println("amounts " + amounts);
            for (int amount : amounts) {
                add(amount);
            }
            System.out.println("total " + total());
        }

        void add(int amount) {
            total += amount;
            System.out.println("adds " + amount);
        }

        int total() {
            return total;
        }
    }
}

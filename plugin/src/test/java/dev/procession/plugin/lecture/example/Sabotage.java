package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Notebook;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;

/** Bodies of children that do what an example says they never do. */
final class Sabotage {
    private static final List<Integer> AMOUNTS = List.of(3, 5, 8);

    private Sabotage() {}

    static void greetInTwoLines() {
        System.out.println("hello from");
        System.out.println(ChildProcess.current().name());
        System.out.println("pid " + ChildProcess.current().pid());
    }

    static void greetAsTheParent() {
        System.out.println("hello from " + ChildProcess.current().name());
        System.out.println("pid " + ChildProcess.parent().orElseThrow().pid());
    }

    static ProcessAsClass.Accountant forgetful(ChildOptions options, Notebook notebook) {
        return new ProcessAsClass.Accountant(options, new Forgetful(), notebook);
    }

    /** Takes the place of the object that has travelled by one that is new. */
    static final class BornInTheChild extends ProcessAsClass.Accountant {
        private static final long serialVersionUID = 1L;

        BornInTheChild(ChildOptions options, Notebook notebook) {
            super(options, AMOUNTS, notebook);
        }

        private Object readResolve() {
            return new ProcessAsClass.Accountant(ChildOptions.builder().build(), AMOUNTS, notebook);
        }
    }

    static final class GivesTheParentsPid extends ProcessAsClass.Accountant {
        private static final long serialVersionUID = 1L;

        GivesTheParentsPid(ChildOptions options, Notebook notebook) {
            super(options, AMOUNTS, notebook);
        }

        @Override
        protected void run() {
            String own = "running in pid " + current().pid();
            String parents = "running in pid " + parent().orElseThrow().pid();
            System.setOut(new PrintStream(System.out, true) {
                @Override
                public void println(String line) {
                    super.println(line.equals(own) ? parents : line);
                }
            });
            super.run();
        }
    }

    static final class SkipsFive extends ProcessAsClass.Accountant {
        private static final long serialVersionUID = 1L;

        SkipsFive(ChildOptions options, Notebook notebook) {
            super(options, AMOUNTS, notebook);
        }

        @Override
        void add(int amount) {
            if (amount != 5) {
                super.add(amount);
            }
        }
    }

    static final class CountsHereToo extends ProcessAsClass.Accountant {
        private static final long serialVersionUID = 1L;

        CountsHereToo(ChildOptions options, Notebook notebook) {
            super(options, AMOUNTS, notebook);
        }

        @Override
        int total() {
            return 16;
        }
    }

    /** Says what it holds in the process that made it only. */
    private static final class Forgetful extends AbstractList<Integer> implements Serializable {
        private static final long serialVersionUID = 1L;

        private transient boolean atHome = true;

        @Override
        public Integer get(int index) {
            return AMOUNTS.get(index);
        }

        @Override
        public int size() {
            return AMOUNTS.size();
        }

        @Override
        public String toString() {
            return atHome ? AMOUNTS.toString() : "[]";
        }
    }
}

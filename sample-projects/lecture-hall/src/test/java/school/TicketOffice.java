package school;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.plugin.lecture.StartingGate;
import dev.procession.process.ChildProcess;
import java.util.List;
import java.util.stream.IntStream;

/** Two processes sell one row of seats. */
public class TicketOffice implements Example {
    private static final int SEATS = 12;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("one-row");
        Seats seats = new Seats(stage.session(), SEATS);
        StartingGate gate = stage.gate();
        String door = gate.path();
        List<ChildProcess> clerks = stage.children(2, "Clerk-", number -> () -> {
            System.out.println("ready");
            StartingGate.await(door); // else the first one to boot might sell the whole row alone
            seats.sell();
        });
        stage.startAndAwait(clerks, "ready");
        gate.open();
        stage.join(clerks);

        List<Integer> all = IntStream.rangeClosed(1, SEATS).boxed().toList();
        List<Integer> sold = stage.printedBy(clerks).stream()
                .filter(line -> line.startsWith("seat "))
                .map(line -> Integer.valueOf(line.substring(5)))
                .sorted()
                .toList();
        stage.check("each-once", all, sold);
        stage.check("both-end", List.of(0, 0), stage.codes(clerks));
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(Seats.class);
    }
}

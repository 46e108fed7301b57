package dev.procession.plugin.lecture;

import dev.procession.channel.JoinableProcessQueue;
import dev.procession.channel.Lease;
import dev.procession.channel.ProcessQueue;
import dev.procession.channel.QueueEndedException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the processes of T1 share: numbers of files go to the readers, contents go to the writer, each with its number. */
class Joining implements Serializable {
    static final String NOTHING = "no file";
    private static final long serialVersionUID = 1L;

    private final JoinableProcessQueue<Integer> files;
    private final ProcessQueue<Piece> pieces;
    private final String folder;
    private final int count;

    Joining(Stage stage, Path folder, int count) throws Exception {
        this.folder = Files.createDirectory(folder).toString();
        this.count = count;
        files = JoinableProcessQueue.create(stage.session());
        pieces = ProcessQueue.create(stage.session());
        for (int number = 0; number < count; number++) {
            Files.writeString(folder.resolve(number + ".js"), script(number));
            files.put(number);
        }
        files.end();
    }

    static String script(int number) {
        return "console.log(" + number + ");\n";
    }

    /** What must come out. */
    String expected() {
        return IntStream.range(0, count).mapToObj(Joining::script).collect(Collectors.joining());
    }

    /** What has come out. */
    String result() throws IOException {
        return Files.exists(output()) ? Files.readString(output()) : NOTHING;
    }

    Path output() {
        return Path.of(folder, "all.js");
    }

    /** Runs in the readers. The file of one that dies is given out again. */
    void read() throws Exception {
        try {
            while (true) {
                Lease<Integer> file = files.lease();
                pieces.put(new Piece(file.item(), Files.readString(Path.of(folder, file.item() + ".js"))));
                handedOn(file.item());
                file.done();
            }
        } catch (QueueEndedException e) {
            System.out.println("no more");
        }
    }

    void handedOn(int number) throws InterruptedException {}

    /** Runs in the writer. */
    void write() throws Exception {
        String[] texts = new String[count];
        for (int missing = count; missing > 0; ) {
            Piece piece = pieces.take();
            missing -= texts[piece.number()] == null ? 1 : 0; // it may come twice: see the lease
            texts[piece.number()] = piece.text();
        }
        publish(String.join("", texts));
    }

    void publish(String text) throws IOException, InterruptedException {
        Path draft = Files.writeString(Path.of(folder, "all.js.part"), text);
        Files.move(draft, output(), StandardCopyOption.ATOMIC_MOVE);
    }

    record Piece(int number, String text) implements Serializable {}
}

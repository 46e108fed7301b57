package dev.procession.plugin.lecture.example;

import dev.procession.channel.JoinableProcessQueue;
import dev.procession.channel.Lease;
import dev.procession.channel.ProcessQueue;
import dev.procession.channel.QueueEndedException;
import dev.procession.channel.QueueOptions;
import dev.procession.plugin.lecture.Stage;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the processes of T1 share: numbers of files go to the readers, contents go to the writer, each with its number. */
class Joining implements Serializable {
    private static final long serialVersionUID = 1L;

    final Scripts scripts;
    private final JoinableProcessQueue<Integer> files;
    private final ProcessQueue<Piece> pieces;

    Joining(Stage stage, Path folder, int count) throws Exception {
        scripts = new Scripts(folder, count);
        String name = folder.getFileName().toString();
        files = JoinableProcessQueue.create(stage.session(), name + ": files", QueueOptions.standard());
        pieces = ProcessQueue.create(stage.session(), name + ": texts", QueueOptions.standard());
        for (int number = 0; number < count; number++) {
            files.put(number);
        }
        files.end();
    }

    /** Runs in the readers. A reader that dies with a file in its hands loses nothing: the file is given out again. */
    void read() throws Exception {
        try {
            while (true) {
                Lease<Integer> file = files.lease();
                pieces.put(new Piece(file.item(), Files.readString(scripts.file(file.item()))));
                handedOn(file.item());
                file.done();
            }
        } catch (QueueEndedException e) {
            System.out.println("no more files");
        }
    }

    void handedOn(int number) throws InterruptedException {}

    /** Runs in the writer. */
    void write() throws Exception {
        String[] texts = new String[scripts.count];
        for (int missing = scripts.count; missing > 0; ) {
            Piece piece = pieces.take();
            missing -= texts[piece.number()] == null ? 1 : 0; // a file that was given out again may come twice
            texts[piece.number()] = piece.text();
        }
        publish(String.join("", texts));
    }

    void publish(String text) throws IOException, InterruptedException {
        scripts.publish(text);
    }

    record Piece(int number, String text) implements Serializable {}
}

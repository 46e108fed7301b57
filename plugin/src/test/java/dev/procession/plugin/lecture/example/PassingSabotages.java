package dev.procession.plugin.lecture.example;

import static dev.procession.plugin.lecture.example.ExamplesTest.sabotage;

import dev.procession.channel.AuthKey;
import dev.procession.channel.JoinableProcessQueue;
import dev.procession.channel.Lease;
import dev.procession.channel.PipeEnd;
import dev.procession.channel.ProcessQueue;
import dev.procession.channel.QueueEndedException;
import dev.procession.manager.ManagerOptions;
import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.pool.PoolTask;
import dev.procession.pool.ProcessPool;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.process.ProcessExit;
import dev.procession.shared.SharedInt;
import dev.procession.shared.SharedIntArray;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.provider.Arguments;

/** What breaks the checks of the examples 11 to T2, each of them alone. */
final class PassingSabotages {
    private PassingSabotages() {}

    static List<List<Arguments>> all() {
        return List.of(pool(), map(), pipe(), duplex(), queue(), remote(), runner(), sorter());
    }

    private static List<Arguments> pool() {
        return List.of(
                sabotage("two-results", () -> new PoolCallbacks() {
                    @Override
                    PoolTask<Integer> square(int number) {
                        return super.square(number + 1);
                    }
                }),
                sabotage("called-back-here", () -> new PoolCallbacks() {
                    @Override
                    void heard(int result, List<Integer> results, Set<Long> heardIn) {
                        heardIn.add(1L);
                        results.add(result);
                    }
                }),
                sabotage("error-arrives", () -> new PoolCallbacks() {
                    @Override
                    PoolTask<Integer> failing() {
                        return new Chore.Failing("out of ink");
                    }
                }),
                sabotage("death-told", () -> new PoolCallbacks() {
                    @Override
                    void kill(ProcessHandle worker) {
                        worker.destroy();
                    }
                }),
                sabotage("pool-goes-on", () -> new PoolCallbacks() {
                    @Override
                    PoolTask<Integer> afterwards() {
                        return new Chore.Square(8);
                    }
                }));
    }

    private static List<Arguments> map() {
        return List.of(
                sabotage("in-order", () -> new PoolMap() {
                    @Override
                    List<Sum> sums(ProcessPool pool, List<Integer> items, SharedInt calls) throws Exception {
                        List<Sum> turned = new ArrayList<>(super.sums(pool, items, calls));
                        Collections.reverse(turned);
                        return turned;
                    }
                }),
                sabotage("each-once", () -> new PoolMap() {
                    @Override
                    List<Sum> sums(ProcessPool pool, List<Integer> items, SharedInt calls) throws Exception {
                        super.sums(pool, items, calls);
                        return super.sums(pool, items, calls);
                    }
                }),
                sabotage("chunks", () -> new PoolMap() {
                    @Override
                    List<Sum> sums(ProcessPool pool, List<Integer> items, SharedInt calls) throws Exception {
                        List<Sum> scattered = new ArrayList<>(super.sums(pool, items, calls));
                        scattered.set(1, new Sum(scattered.get(1).value(), 1));
                        return scattered;
                    }
                }),
                sabotage("same-three-times", () -> new TinyTasks() {
                    @Override
                    List<Integer> oneByOne(ProcessPool pool, List<Integer> items) throws Exception {
                        return super.oneByOne(pool, items.subList(1, items.size()));
                    }
                }));
    }

    private static List<Arguments> pipe() {
        return List.of(
                sabotage("six-in-order", () -> new OneWayPipe() {
                    @Override
                    ChildTask sending(PipeEnd<Object> writer) {
                        return () -> {
                            send(writer, MESSAGES.subList(0, 5));
                            writer.close();
                        };
                    }
                }),
                sabotage("end-by-close", () -> new OneWayPipe() {
                    @Override
                    ChildTask sending(PipeEnd<Object> writer) {
                        return () -> {
                            send(writer, MESSAGES);
                            new ProcessBuilder(
                                            "kill",
                                            "-9",
                                            Long.toString(
                                                    ProcessHandle.current().pid()))
                                    .start();
                            TimeUnit.HOURS.sleep(1);
                        };
                    }
                }),
                sabotage("one-way", () -> new OneWayPipe() {
                    @Override
                    String answer(PipeEnd<Object> reader) {
                        return "sent";
                    }
                }),
                sabotage("stopped-early", () -> new EndByValue() {
                    @Override
                    ChildTask talking(PipeEnd<Object> writer) {
                        return () -> OneWayPipe.send(writer, List.of(1, "two", 3, false));
                    }
                }),
                sabotage("sent-is-sent", () -> new KilledSender() {
                    @Override
                    ChildTask sendingTwo(PipeEnd<Object> writer) {
                        return () -> {
                            OneWayPipe.send(writer, OneWayPipe.MESSAGES.subList(0, 1));
                            System.out.println("has sent two");
                            TimeUnit.HOURS.sleep(1);
                        };
                    }
                }),
                sabotage("end-names-the-dead", () -> new KilledSender() {
                    @Override
                    ChildTask sendingTwo(PipeEnd<Object> writer) {
                        return () -> {
                            OneWayPipe.send(writer, OneWayPipe.MESSAGES.subList(0, 2));
                            writer.close();
                            System.out.println("has sent two");
                            TimeUnit.HOURS.sleep(1);
                        };
                    }
                }));
    }

    private static List<Arguments> duplex() {
        return List.of(
                sabotage("eight-replies", () -> new DuplexPipe() {
                    @Override
                    ChildTask working(PipeEnd<Integer> end, Notebook notebook) {
                        return () -> {
                            for (int i = 0; i < 8; i++) {
                                end.send(end.receive() + 1);
                            }
                            System.out.println("the pipe has ended after 8");
                        };
                    }
                }),
                sabotage("ends-by-itself", () -> new DuplexPipe() {
                    @Override
                    ChildTask working(PipeEnd<Integer> end, Notebook notebook) {
                        return () -> answerAll(end);
                    }
                }),
                sabotage("worker-is-good", () -> new DuplexPipe() {
                    @Override
                    ChildTask working(PipeEnd<Integer> end, Notebook notebook) {
                        return () -> {
                            System.out.println("the pipe has ended after " + answerAll(end));
                            throw new ProcessExit(3);
                        };
                    }
                }),
                sabotage("kept-open", () -> new ThirdOwner() {
                    @Override
                    ChildTask keeping(PipeEnd<Integer> end) {
                        return () -> {
                            end.close();
                            System.out.println("has an end, too");
                            TimeUnit.HOURS.sleep(1);
                        };
                    }
                }),
                sabotage("ends-with-the-last", () -> new ThirdOwner() {
                    @Override
                    void kill(ChildProcess keeper) {
                        // It lives on.
                    }
                }));
    }

    private static List<Arguments> queue() {
        return List.of(
                sabotage("each-item-once", () -> new QueueConsumers() {
                    @Override
                    ChildTask consuming(ProcessQueue<Integer> queue, Duration work, Notebook notebook) {
                        return () -> {
                            System.out.println("took 7");
                            consume(queue, work, notebook);
                        };
                    }
                }),
                sabotage("all-know-the-end", () -> new QueueConsumers() {
                    @Override
                    ChildTask consuming(ProcessQueue<Integer> queue, Duration work, Notebook notebook) {
                        return () -> {
                            consume(queue, work, notebook);
                            throw new ProcessExit(2);
                        };
                    }
                }),
                sabotage("leftovers-reported", () -> new QueueConsumers() {
                    @Override
                    void takeMore(ProcessQueue<Integer> queue) throws InterruptedException {
                        queue.take();
                    }
                }),
                sabotage("join-waits", () -> new LeaseComesBack() {
                    @Override
                    boolean join(JoinableProcessQueue<Integer> jobs, Duration limit) {
                        return true;
                    }
                }),
                sabotage("all-done-at-join", () -> new LeaseComesBack() {
                    @Override
                    ChildTask working(JoinableProcessQueue<Integer> jobs, SharedIntArray done) {
                        return () -> work(jobs, done, 2, 0);
                    }
                }),
                sabotage("given-out-again", () -> new LeaseComesBack() {
                    @Override
                    ChildTask working(JoinableProcessQueue<Integer> jobs, SharedIntArray done) {
                        return () -> work(jobs, done, 1, 1);
                    }
                }));
    }

    private static void work(JoinableProcessQueue<Integer> jobs, SharedIntArray done, int times, int less)
            throws InterruptedException {
        try {
            while (true) {
                Lease<Integer> lease = jobs.lease();
                System.out.println("item " + lease.item() + ", attempt " + (lease.attempt() - less));
                done.getAndAdd(lease.item(), times);
                lease.done();
                System.out.println("done with item " + lease.item());
            }
        } catch (QueueEndedException e) {
            System.out.println("all is done");
        }
    }

    private static List<Arguments> remote() {
        return List.of(
                sabotage("wrong-key", () -> new RemoteQueue() {
                    @Override
                    String knock(SocketAddress address, AuthKey wrong, AuthKey right) throws Exception {
                        return super.knock(address, right, right);
                    }
                }),
                sabotage("loopback", () -> new RemoteQueue() {
                    @Override
                    boolean isLocal(InetAddress address) {
                        return address.isAnyLocalAddress();
                    }
                }),
                sabotage("eleven-once", () -> new RemoteQueue() {
                    @Override
                    ChildTask putting(SocketAddress address, ManagerOptions options) {
                        return () -> RemoteClient.put(address, options, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10));
                    }
                }));
    }

    private static List<Arguments> runner() {
        return List.of(
                sabotage("whole-and-in-order", () -> new TaskRunnerJoins() {
                    @Override
                    Joining joining(Stage stage, Path folder, int count) throws Exception {
                        return new Untidy(stage, folder, count);
                    }
                }),
                sabotage("all-exit-0", () -> new TaskRunnerJoins() {
                    @Override
                    Joining joining(Stage stage, Path folder, int count) throws Exception {
                        return new Failing(stage, folder, count);
                    }
                }),
                sabotage("reader-killed", () -> new ReaderDies() {
                    @Override
                    ChildTask writing(Joining joining) {
                        return () -> System.out.println("nothing to do");
                    }
                }),
                sabotage("nothing-half", () -> new WriterDies() {
                    @Override
                    Joining half(Stage stage, Path folder) throws Exception {
                        return new WritesInPlace(stage, folder, 3);
                    }
                }),
                sabotage("second-run-whole", () -> new WriterDies() {
                    @Override
                    Joining whole(Stage stage, Path folder) throws Exception {
                        return new Untidy(stage, folder, 3);
                    }
                }));
    }

    /** Leaves something behind that was in no file. */
    private static final class Untidy extends Joining {
        private static final long serialVersionUID = 1L;

        Untidy(Stage stage, Path folder, int count) throws Exception {
            super(stage, folder, count);
        }

        @Override
        void publish(String text) throws IOException, InterruptedException {
            super.publish(text + ";");
        }
    }

    private static final class Failing extends Joining {
        private static final long serialVersionUID = 1L;

        Failing(Stage stage, Path folder, int count) throws Exception {
            super(stage, folder, count);
        }

        @Override
        void read() throws Exception {
            super.read();
            throw new ProcessExit(1);
        }
    }

    private static final class WritesInPlace extends Dawdling {
        private static final long serialVersionUID = 1L;

        WritesInPlace(Stage stage, Path folder, int count) throws Exception {
            super(stage, folder, count);
        }

        @Override
        void publish(String text) throws IOException, InterruptedException {
            Files.writeString(scripts.output(), text.substring(0, text.length() / 2));
            super.publish(text);
        }
    }

    private static List<Arguments> sorter() {
        return List.of(
                sabotage("none-lost", () -> new SortTree() {
                    @Override
                    List<Copy> plan(Heap heap, Path sorted) throws IOException {
                        List<Copy> copies = new ArrayList<>(super.plan(heap, sorted));
                        copies.add(new Copy(copies.get(0).from(), copies.get(0).to() + ".again"));
                        return copies;
                    }
                }),
                sabotage("same-contents", () -> new SortTree() {
                    @Override
                    List<Copy> plan(Heap heap, Path sorted) throws IOException {
                        List<Copy> copies = new ArrayList<>(super.plan(heap, sorted));
                        copies.set(
                                0, new Copy(copies.get(1).from(), copies.get(0).to()));
                        return copies;
                    }
                }),
                sabotage("both-kept", () -> new SortTree() {
                    @Override
                    List<Copy> plan(Heap heap, Path sorted) throws IOException {
                        return super.plan(heap, sorted).stream()
                                .map(copy -> new Copy(copy.from(), copy.to().replace("notes (2)", "remarks")))
                                .toList();
                    }
                }),
                sabotage("few-processes", () -> new SortTree() {
                    @Override
                    int processes(List<Long> pids) {
                        return pids.size();
                    }
                }),
                sabotage("one-is-lost", () -> new SameNameLost() {
                    @Override
                    String name(int number) {
                        return "notes-" + number + ".txt";
                    }
                }),
                sabotage("nobody-noticed", () -> new SameNameLost() {
                    @Override
                    ChildTask copying(Stage stage, int number, Path folder, SharedInt looked) {
                        ChildTask usual = super.copying(stage, number, folder, looked);
                        return () -> {
                            usual.run();
                            throw new ProcessExit(1);
                        };
                    }
                }));
    }
}

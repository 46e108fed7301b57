package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.process.ProcessExit;
import dev.procession.shared.SharedInt;
import dev.procession.sync.ProcessBarrier;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessSemaphore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.provider.Arguments;

/** What breaks the checks of the examples 04 to 10, each of them alone. */
final class SharingSabotages {
    private SharingSabotages() {}

    /** The first one of each example is in the usual run, all of them in the profile "long". */
    static List<List<Arguments>> all() {
        return List.of(lock(), event(), stop(), restart(), condition(), semaphore(), barrier());
    }

    private static List<Arguments> lock() {
        return List.of(
                ExamplesTest.sabotage("told", () -> new LockHolderDies() {
                    @Override
                    Pair pair(Stage stage) {
                        return new SilentPair(stage);
                    }
                }),
                ExamplesTest.sabotage("repaired", () -> new LockHolderDies() {
                    @Override
                    Pair pair(Stage stage) {
                        return new CarelessPair(stage);
                    }
                }),
                ExamplesTest.sabotage("went-on", () -> new LockHolderDies() {
                    @Override
                    Pair pair(Stage stage) {
                        return new IdlePair(stage);
                    }
                }),
                ExamplesTest.sabotage("never-two", () -> new LockValueArray() {
                    @Override
                    Journal journal(Stage stage, int writers) {
                        return new CrowdedJournal(stage, writers);
                    }
                }),
                ExamplesTest.sabotage("counter", () -> new LockValueArray() {
                    @Override
                    Journal journal(Stage stage, int writers) {
                        return new LazyJournal(stage, writers);
                    }
                }),
                ExamplesTest.sabotage("array", () -> new LockValueArray() {
                    @Override
                    Journal journal(Stage stage, int writers) {
                        return new OneSlotJournal(stage, writers);
                    }
                }),
                ExamplesTest.sabotage("file", () -> new LockValueArray() {
                    @Override
                    Journal journal(Stage stage, int writers) {
                        return new GapJournal(stage, writers);
                    }
                }),
                ExamplesTest.sabotage("lost-step", () -> new WithoutLock() {
                    @Override
                    ChildTask step(SharedInt counter, SharedInt readers) {
                        return counter::incrementAndGet;
                    }
                }));
    }

    private static List<Arguments> event() {
        return List.of(
                ExamplesTest.sabotage("woken", () -> new AwaitEvent() {
                    @Override
                    ChildTask waiting(ProcessEvent event) {
                        // In one piece: a busy machine might bring the second line after the event is set.
                        return () -> System.out.println("waits\nwoken");
                    }
                }),
                ExamplesTest.sabotage("timeouts", () -> new AwaitEvent() {
                    @Override
                    ChildTask waitingInPortions(ProcessEvent event, Duration portion, SharedInt timeouts) {
                        return () -> {
                            System.out.println("waits");
                            timeouts.set(4);
                            event.await();
                            System.out.println("woken");
                        };
                    }
                }),
                ExamplesTest.sabotage("ignored", () -> new ResultIgnored() {
                    @Override
                    void meanwhile(ProcessEvent ready) {
                        ready.set();
                    }
                }),
                ExamplesTest.sabotage("others-woken", () -> new EventWaiterDies() {
                    @Override
                    ChildTask waiting(ProcessEvent event) {
                        return () -> {
                            System.out.println("waits");
                            event.await();
                        };
                    }
                }));
    }

    private static List<Arguments> stop() {
        return List.of(
                ExamplesTest.sabotage("one-more-line", () -> new StopFlag() {
                    @Override
                    Loop looks(Stage stage, ProcessEvent begin, Duration period) {
                        return new QuietLoop(stage, begin, period);
                    }
                }),
                ExamplesTest.sabotage("none-after-seen", () -> new StopFlag() {
                    @Override
                    Loop waits(Stage stage, ProcessEvent begin, Duration period) {
                        return new DiligentLoop(stage, begin, period);
                    }
                }),
                ExamplesTest.sabotage("exit-0", () -> new StopFlag() {
                    @Override
                    Loop waits(Stage stage, ProcessEvent begin, Duration period) {
                        return new FailingLoop(stage, begin, period);
                    }
                }),
                ExamplesTest.sabotage("asked-finishes", () -> new AskOrEnd() {
                    @Override
                    void stop(ProcessEvent stop, ChildProcess asked, ChildProcess ended) {
                        ended.terminate();
                        asked.terminate();
                    }
                }),
                ExamplesTest.sabotage("ended-is-cut", () -> new AskOrEnd() {
                    @Override
                    void stop(ProcessEvent stop, ChildProcess asked, ChildProcess ended) {
                        ended.kill();
                        stop.set();
                    }
                }),
                ExamplesTest.sabotage("end-after-join", () -> new AskOrEnd() {
                    @Override
                    void stop(ProcessEvent stop, ChildProcess asked, ChildProcess ended) {
                        ended.terminate();
                    }

                    @Override
                    void end(Stage stage, ProcessEvent stop, List<ChildProcess> children) throws InterruptedException {
                        stage.say("End program, after join");
                        stop.set();
                        stage.join(children);
                    }
                }));
    }

    private static List<Arguments> restart() {
        return List.of(
                ExamplesTest.sabotage("none-while-paused", () -> new PauseAndResume() {
                    @Override
                    Gates gates(Stage stage) {
                        return new OpenGates(stage);
                    }
                }),
                ExamplesTest.sabotage("each-once", () -> new PauseAndResume() {
                    @Override
                    Gates gates(Stage stage) {
                        return new ForgetfulGates(stage);
                    }
                }),
                ExamplesTest.sabotage("stopped", () -> new PauseAndResume() {
                    @Override
                    Gates gates(Stage stage) {
                        return new FailingGates(stage);
                    }
                }),
                ExamplesTest.sabotage("only-by-force", () -> new OneFlag() {
                    @Override
                    String end(ChildProcess worker) throws InterruptedException {
                        super.end(worker);
                        return "code 0";
                    }
                }));
    }

    private static List<Arguments> condition() {
        return List.of(
                ExamplesTest.sabotage("after-signal", () -> new AwaitSignal() {
                    @Override
                    Start start(Stage stage) {
                        return new HastyStart(stage);
                    }
                }),
                ExamplesTest.sabotage("one-after-another", () -> new AwaitSignal() {
                    @Override
                    Start start(Stage stage) {
                        return new LostStepStart(stage);
                    }
                }),
                ExamplesTest.sabotage("saw-it", () -> new AwaitSignal() {
                    @Override
                    Start start(Stage stage) {
                        return new ShutStart(stage);
                    }
                }),
                ExamplesTest.sabotage("lost", () -> new LostWakeUp() {
                    @Override
                    ChildTask bare(Start start, Duration patience) {
                        return () -> start.awaitAndGo("woken");
                    }
                }),
                ExamplesTest.sabotage("late-but-goes", () -> new LostWakeUp() {
                    @Override
                    ChildTask asking(Start start) {
                        return () -> awaitBare(start, Duration.ofMillis(50));
                    }
                }),
                ExamplesTest.sabotage("goes-to-the-living", () -> new ConditionWaiterDies() {
                    @Override
                    void signalOne(Start start) {
                        start.giveSignal();
                    }

                    @Override
                    boolean stillWaits(ChildProcess third) throws InterruptedException {
                        return !third.join(Duration.ofSeconds(30));
                    }
                }),
                ExamplesTest.sabotage("nobody-hangs", () -> new ConditionWaiterDies() {
                    @Override
                    ChildTask waiter(Start start) {
                        ChildTask right = super.waiter(start);
                        return () -> {
                            right.run();
                            throw new ProcessExit(4);
                        };
                    }
                }));
    }

    private static List<Arguments> semaphore() {
        return List.of(
                ExamplesTest.sabotage("comes-back", () -> new PermitHolderDies() {
                    @Override
                    ChildTask waiter(ProcessSemaphore leased) {
                        return () -> {
                            System.out.println("wants all three");
                            leased.acquire(3);
                            leased.release(3);
                        };
                    }
                }),
                ExamplesTest.sabotage("known-who", () -> new PermitHolderDies() {
                    @Override
                    ChildTask holder(ProcessSemaphore leased, ProcessSemaphore counted) {
                        return () -> holdForEver(counted);
                    }
                }),
                ExamplesTest.sabotage("counted-is-lost", () -> new PermitHolderDies() {
                    @Override
                    ChildTask holder(ProcessSemaphore leased, ProcessSemaphore counted) {
                        return () -> holdForEver(leased);
                    }
                }),
                ExamplesTest.sabotage("at-most-3", () -> new SemaphoreAndManager() {
                    @Override
                    Room room(Stage stage, int permits) {
                        return new CrowdedRoom(stage, permits);
                    }
                }),
                ExamplesTest.sabotage("all-names", () -> new SemaphoreAndManager() {
                    @Override
                    Room room(Stage stage, int permits) {
                        return new NamelessRoom(stage, permits);
                    }
                }),
                ExamplesTest.sabotage("rounds", () -> new SemaphoreAndManager() {
                    @Override
                    Duration stay(Stage stage) {
                        return Duration.ZERO;
                    }
                }));
    }

    private static void holdForEver(ProcessSemaphore semaphore) throws InterruptedException {
        semaphore.acquire();
        System.out.println("holds one of each");
        TimeUnit.HOURS.sleep(1);
    }

    private static List<Arguments> barrier() {
        return List.of(
                ExamplesTest.sabotage("broken-for-all", () -> new BarrierPartyDies() {
                    @Override
                    ChildTask walker(ProcessBarrier barrier) {
                        ChildTask right = super.walker(barrier);
                        return () -> {
                            right.run();
                            System.out.println("passed after all");
                        };
                    }
                }),
                ExamplesTest.sabotage("named", () -> new BarrierPartyDies() {
                    @Override
                    void kill(ChildProcess victim, ProcessBarrier barrier) {
                        barrier.abort();
                        super.kill(victim, barrier);
                    }
                }),
                ExamplesTest.sabotage("gave-up", () -> new BarrierTooFew() {
                    @Override
                    ChildTask walker(ProcessBarrier barrier) {
                        return () -> System.out.println("passed");
                    }
                }),
                ExamplesTest.sabotage("indexes", () -> new BarrierGroups() {
                    @Override
                    MeetingPoint point(Stage stage, int parties) {
                        return new SameIndexPoint(stage, parties);
                    }
                }),
                ExamplesTest.sabotage("nobody-early", () -> new BarrierGroups() {
                    @Override
                    MeetingPoint point(Stage stage, int parties) {
                        return new EarlyPoint(stage, parties);
                    }
                }),
                ExamplesTest.sabotage("all-passed", () -> new BarrierGroups() {
                    @Override
                    MeetingPoint point(Stage stage, int parties) {
                        return new TiredPoint(stage, parties);
                    }
                }));
    }

    static final class SilentPair extends LockHolderDies.Pair {
        private static final long serialVersionUID = 1L;

        SilentPair(Stage stage) {
            super(stage);
        }

        @Override
        void repair(long dead) {
            numbers.set(1, numbers.get(0));
        }
    }

    static final class CarelessPair extends LockHolderDies.Pair {
        private static final long serialVersionUID = 1L;

        CarelessPair(Stage stage) {
            super(stage);
        }

        @Override
        void repair(long dead) {
            System.out.println("owner died: " + dead);
        }
    }

    static final class IdlePair extends LockHolderDies.Pair {
        private static final long serialVersionUID = 1L;

        IdlePair(Stage stage) {
            super(stage);
        }

        @Override
        void bothOneHigher() {
            System.out.println("wants the lock");
            lock.lock();
            lock.ownerDeath().ifPresent(death -> repair(death.pid()));
            lock.unlock();
        }
    }

    static final class CrowdedJournal extends Journal {
        private static final long serialVersionUID = 1L;

        CrowdedJournal(Stage stage, int writers) {
            super(stage, writers);
        }

        @Override
        void keep(int writer, int number) {
            inside.enter();
            super.keep(writer, number);
            inside.leave();
        }
    }

    static final class LazyJournal extends Journal {
        private static final long serialVersionUID = 1L;

        LazyJournal(Stage stage, int writers) {
            super(stage, writers);
        }

        @Override
        void write(int writer, int rounds) throws Exception {
            super.write(writer, writer == 0 ? rounds - 1 : rounds);
        }
    }

    static final class OneSlotJournal extends Journal {
        private static final long serialVersionUID = 1L;

        OneSlotJournal(Stage stage, int writers) {
            super(stage, writers);
        }

        @Override
        void keep(int writer, int number) {
            super.keep(0, number);
        }
    }

    static final class GapJournal extends Journal {
        private static final long serialVersionUID = 1L;

        GapJournal(Stage stage, int writers) {
            super(stage, writers);
        }

        @Override
        void append(int number) throws IOException {
            if (number != 7) {
                super.append(number);
            }
        }
    }

    /** The better loop in the place of the usual one. */
    static final class QuietLoop extends Loop {
        private static final long serialVersionUID = 1L;

        QuietLoop(Stage stage, ProcessEvent begin, Duration period) {
            super(stage, begin, period);
        }

        @Override
        void sleepWorkLook(ProcessEvent stop) throws InterruptedException {
            waitOrWork(stop);
        }
    }

    static final class DiligentLoop extends Loop {
        private static final long serialVersionUID = 1L;

        DiligentLoop(Stage stage, ProcessEvent begin, Duration period) {
            super(stage, begin, period);
        }

        @Override
        void seen() {
            super.seen();
            work();
        }
    }

    static final class FailingLoop extends Loop {
        private static final long serialVersionUID = 1L;

        FailingLoop(Stage stage, ProcessEvent begin, Duration period) {
            super(stage, begin, period);
        }

        @Override
        void seen() {
            super.seen();
            throw new ProcessExit(4);
        }
    }

    /** Works in the first pause, too. */
    static final class OpenGates extends Gates {
        private static final long serialVersionUID = 1L;

        OpenGates(Stage stage) {
            super(stage);
        }

        @Override
        void passGate() throws InterruptedException {
            boolean first = pieces.get() > 0 && !stop.isSet() && pieces.get() < 6;
            if (first && !running.isSet()) {
                idle.set();
                while (!running.await(Duration.ofMillis(5))) {
                    done(pieces.incrementAndGet());
                }
                idle.clear();
            } else {
                super.passGate();
            }
        }
    }

    static final class ForgetfulGates extends Gates {
        private static final long serialVersionUID = 1L;

        ForgetfulGates(Stage stage) {
            super(stage);
        }

        @Override
        void done(int number) {
            super.done(number == 2 ? 1 : number);
        }
    }

    static final class FailingGates extends Gates {
        private static final long serialVersionUID = 1L;

        FailingGates(Stage stage) {
            super(stage);
        }

        @Override
        void work() throws InterruptedException {
            super.work();
            throw new ProcessExit(4);
        }
    }

    static final class HastyStart extends Start {
        private static final long serialVersionUID = 1L;

        HastyStart(Stage stage) {
            super(stage, "start");
        }

        @Override
        void awaitAndGo(String word) throws InterruptedException {
            System.out.println(word);
            super.awaitAndGo("went before");
        }
    }

    static final class LostStepStart extends Start {
        private static final long serialVersionUID = 1L;

        LostStepStart(Stage stage) {
            super(stage, "start");
        }

        @Override
        void giveSignal() {
            lock.lock();
            open.set(true);
            condition.signalAll();
            lock.unlock();
        }
    }

    static final class ShutStart extends Start {
        private static final long serialVersionUID = 1L;

        ShutStart(Stage stage) {
            super(stage, "start");
        }

        @Override
        void awaitAndGo(String word) throws InterruptedException {
            System.out.println("waits");
            lock.lock();
            condition.await();
            order.step();
            System.out.println(word);
            lock.unlock();
        }
    }

    static final class CrowdedRoom extends Room {
        private static final long serialVersionUID = 1L;

        CrowdedRoom(Stage stage, int permits) {
            super(stage, permits);
        }

        @Override
        void tell(List<String> names) {
            for (int i = 0; i < 3; i++) {
                inside.enter();
            }
            super.tell(names);
            for (int i = 0; i < 3; i++) {
                inside.leave();
            }
        }
    }

    static final class NamelessRoom extends Room {
        private static final long serialVersionUID = 1L;

        NamelessRoom(Stage stage, int permits) {
            super(stage, permits);
        }

        @Override
        void tell(List<String> names) {
            names.add("Process-0");
        }
    }

    static final class SameIndexPoint extends MeetingPoint {
        private static final long serialVersionUID = 1L;

        SameIndexPoint(Stage stage, int parties) {
            super(stage, parties);
        }

        @Override
        void tell(int index) {
            super.tell(0);
        }
    }

    /** Passes first, and waits then. */
    static final class EarlyPoint extends MeetingPoint {
        private static final long serialVersionUID = 1L;

        EarlyPoint(Stage stage, int parties) {
            super(stage, parties);
        }

        @Override
        void meet(int number) throws InterruptedException, BrokenBarrierException {
            pass();
            arrived.incrementAndGet();
            tell(barrier.await());
        }
    }

    static final class TiredPoint extends MeetingPoint {
        private static final long serialVersionUID = 1L;

        TiredPoint(Stage stage, int parties) {
            super(stage, parties);
        }

        @Override
        void pass() {
            if (!ChildProcess.current().name().equals("Walker-3")) {
                super.pass();
            }
        }
    }
}

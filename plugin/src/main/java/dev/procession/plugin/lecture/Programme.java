package dev.procession.plugin.lecture;

import dev.procession.plugin.report.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The topics there are, in the order of the lecture, and the choice among them. */
record Programme(List<Topic> topics) {
    private static final String ALL = "all";

    static Programme ofTheLecture() {
        return new Programme(List.of(
                new Topic("01", "process", List.of(OwnProcesses::new, ExitCodes::new)),
                new Topic("02", "process-as-class", List.of(ProcessAsClass::new)),
                new Topic("03", "join", List.of(Join::new, WithoutJoin::new)),
                new Topic(
                        "04", "lock-value-array", List.of(LockValueArray::new, WithoutLock::new, LockHolderDies::new)),
                new Topic("05", "event", List.of(AwaitEvent::new, ResultIgnored::new, EventWaiterDies::new)),
                new Topic("06", "event-stop", List.of(StopFlag::new, AskOrEnd::new)),
                new Topic("07", "event-restart", List.of(PauseAndResume::new, OneFlag::new)),
                new Topic("08", "condition", List.of(AwaitSignal::new, LostWakeUp::new, ConditionWaiterDies::new)),
                new Topic("09", "semaphore-manager", List.of(SemaphoreAndManager::new, PermitHolderDies::new)),
                new Topic("10", "barrier", List.of(BarrierGroups::new, BarrierTooFew::new, BarrierPartyDies::new)),
                new Topic("11", "pool", List.of(PoolCallbacks::new)),
                new Topic("12", "pool-map", List.of(PoolMap::new, TinyTasks::new)),
                new Topic("13", "pipe", List.of(OneWayPipe::new, EndByValue::new, KilledSender::new)),
                new Topic("14", "duplex-pipe", List.of(DuplexPipe::new, ThirdOwner::new)),
                new Topic("15", "queue", List.of(QueueConsumers::new, LeaseComesBack::new)),
                new Topic("16", "remote-manager", List.of(RemoteQueue::new)),
                new Topic("T1", "task-runner", List.of(TaskRunnerJoins::new, ReaderDies::new, WriterDies::new)),
                new Topic("T2", "file-sort", List.of(SortTree::new, SameNameLost::new))));
    }

    /** The topics that {@code typed} asks for, each once, in the order in which they were asked for. */
    List<Topic> choose(String typed) {
        Map<String, Topic> chosen = new LinkedHashMap<>();
        for (String part : typed.split(",", -1)) {
            String word = part.strip().toLowerCase(Locale.ROOT);
            for (Topic topic : word.equals(ALL) ? topics : find(word, typed)) {
                chosen.put(topic.number(), topic);
            }
        }
        return List.copyOf(chosen.values());
    }

    private List<Topic> find(String word, String typed) {
        List<Topic> called =
                topics.stream().filter(topic -> topic.isCalled(word)).toList();
        if (!called.isEmpty()) {
            return called;
        }
        List<Topic> about = topics.stream().filter(topic -> topic.isAbout(word)).toList();
        if (about.isEmpty()) {
            throw unknown(word, typed);
        }
        return about;
    }

    Programme and(List<Topic> own) {
        List<Topic> all = new ArrayList<>(topics);
        all.addAll(own);
        return new Programme(List.copyOf(all));
    }

    private LectureFailedException unknown(String word, String typed) {
        NearestName nearest = new NearestName(word);
        StringBuilder there = new StringBuilder();
        for (Topic topic : topics) {
            nearest.consider(topic.name());
            there.append(topic.numberAndName()).append(", ");
        }
        return new LectureFailedException("<example> (procession.demo.example) must name examples: example=" + typed
                + ", where \"" + word + "\" is none"
                + nearest.nearest().map(name -> "; did you mean " + name + "?").orElse("") + "; there are " + there
                + ALL
                + ", or several with commas between them");
    }
}

package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Topic;
import java.util.List;

/** The topics of the lecture, in its order. */
public final class Syllabus {
    private Syllabus() {}

    public static List<Topic> topics() {
        return List.of(
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
                new Topic("T2", "file-sort", List.of(SortTree::new, SameNameLost::new)));
    }
}

package dev.procession.models;

import java.util.List;
import java.util.stream.Stream;

/** All models in all their sizes. */
final class Catalogue {
    /** More states than any case has; where one has more, it has grown by mistake. */
    static final int LIMIT = 12_000_000;

    private Catalogue() {}

    static List<Case> cases() {
        return Stream.of(
                        LockModel.cases(),
                        EventModel.cases(),
                        SemaphoreModel.cases(),
                        ConditionModel.cases(),
                        BarrierModel.cases(),
                        LeaseModel.cases(),
                        QueueModel.cases(),
                        HeapModel.cases(),
                        PipeModel.cases())
                .flatMap(List::stream)
                .toList();
    }
}

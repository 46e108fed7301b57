package dev.procession.benchmarks;

import dev.procession.manager.ManagedMap;
import dev.procession.manager.ManagedQueue;
import dev.procession.manager.ManagedValue;
import dev.procession.manager.ProcessManager;

/** What a call to an object in another process costs, beside CPython's {@code multiprocessing.Manager}. */
final class ManagerBenchmark implements Suite {
    private static final int ROUNDS = 15;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int TIMES = 30_000;
    private static final int PYTHON_TIMES = 4_000;
    private static final int KEYS = 1023;

    @Override
    public String name() {
        return "manager";
    }

    @Override
    public String title() {
        return "Manager";
    }

    @Override
    public void measure(Setting setting, Report report) throws Exception {
        try (PythonPrimitives python = PythonPrimitives.ifHere(setting.python("manager.py"), report)) {
            Rounds rounds = new Rounds(setting, WARM_UP_ROUNDS, ROUNDS, python);
            rounds.compare("map_put", "map, a number put under one of 1,024 keys", TIMES, PYTHON_TIMES, mapPut());
            rounds.compare("map_get", "map, the value of a key read", TIMES, PYTHON_TIMES, mapGet());
            rounds.compare("value_get", "value, read", TIMES, PYTHON_TIMES, valueGet());
            rounds.compare("queue", "queue, a number put and taken, two calls", TIMES, PYTHON_TIMES, queue());
            if (python != null) {
                report.bar(Bar.atLeast("Python's map put to ours", 5, " x", rounds.pythonToOurs("map_put")));
            }
            rounds.tell(report, "", "the caller, the manager, and what else the caller has started");
        }
    }

    private static PairContender mapPut() {
        ProcessManager manager = ProcessManager.start();
        ManagedMap<Integer, Integer> map = manager.map();
        return new ManagerContender("`ManagedMap`", manager, times -> {
            for (int i = 0; i < times; i++) {
                map.put(i & KEYS, i);
            }
        });
    }

    private static PairContender mapGet() {
        ProcessManager manager = ProcessManager.start();
        ManagedMap<Integer, Integer> map = manager.map();
        map.put(1, 2);
        return new ManagerContender("`ManagedMap`", manager, times -> {
            for (int i = 0; i < times; i++) {
                map.get(1);
            }
        });
    }

    private static PairContender valueGet() {
        ProcessManager manager = ProcessManager.start();
        ManagedValue<Integer> value = manager.value(7);
        return new ManagerContender("`ManagedValue`", manager, times -> {
            for (int i = 0; i < times; i++) {
                value.get();
            }
        });
    }

    private static PairContender queue() {
        ProcessManager manager = ProcessManager.start();
        ManagedQueue<Integer> queue = manager.queue();
        return new ManagerContender("`ManagedQueue`", manager, times -> {
            for (int i = 0; i < times; i++) {
                queue.put(i);
                queue.take();
            }
        });
    }
}

"""What CPython's multiprocessing.Manager does, measured on request, between another program's own rounds.

Reads "what times" from each line of standard input. Answers with nanoseconds of wall time of one time, and of processor
time of the caller and the manager.
"""
import multiprocessing
import os
import sys
import time

TICK = 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def processor(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def main():
    manager = multiprocessing.get_context("fork").Manager()
    numbers, value, queue = manager.dict({1: 2}), manager.Value("q", 7), manager.Queue()

    def map_put(times):
        for i in range(times):
            numbers[i & 1023] = i

    def map_get(times):
        for _ in range(times):
            numbers[1]

    def value_get(times):
        for _ in range(times):
            value.value

    def put_and_take(times):
        for i in range(times):
            queue.put(i)
            queue.get()

    kinds = {"map_put": map_put, "map_get": map_get, "value_get": value_get, "queue": put_and_take}
    pids = [os.getpid()] + [child.pid for child in multiprocessing.active_children()]
    for line in sys.stdin:
        what, times = line.split()
        cpu = sum(map(processor, pids))
        begin = time.perf_counter_ns()
        kinds[what](int(times))
        nanos = time.perf_counter_ns() - begin
        cpu = sum(map(processor, pids)) - cpu
        print(nanos / int(times), cpu / int(times), flush=True)


if __name__ == "__main__":
    main()

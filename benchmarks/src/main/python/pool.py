"""What CPython's multiprocessing.Pool does, measured on request, between another program's own rounds.

Reads "what times" from each line of standard input. Answers with nanoseconds of wall time of one time, and of processor
time of all processes. Pools are opened with the first request for them and stay.
"""
import multiprocessing
import os
import sys
import time

FORK = multiprocessing.get_context("fork")
TICK = 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def square(x):
    return x * x


def same(x):
    return x


def busy(x):
    end = time.perf_counter_ns() + 1_000_000
    while time.perf_counter_ns() < end:
        x += 1
    return x


def chunk1(pool, times):
    pool.map(square, range(times), chunksize=1)


def chunks(pool, times):
    pool.map(square, range(times))


def lazily(pool, times):
    for _ in pool.imap(square, range(times), chunksize=1):
        pass


def apply(pool, times):
    for i in range(times):
        pool.apply(square, (i,))


def megabytes(pool, times):
    pool.map(same, [os.urandom(16) * 65536 for _ in range(times)], chunksize=1)


def work(pool, times):
    pool.map(busy, range(times), chunksize=1)


def processor(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def main():
    kinds = {kind.__name__: kind for kind in (chunk1, chunks, lazily, apply, megabytes, work)}
    pools = {}
    for line in sys.stdin:
        what, times = line.split()
        name, _, workers = what.partition("-")
        workers = int(workers or 2)
        if workers not in pools:
            pools[workers] = FORK.Pool(workers)
        pool = pools[workers]
        pids = [os.getpid()] + [child.pid for child in multiprocessing.active_children()]
        cpu = sum(map(processor, pids))
        begin = time.perf_counter_ns()
        kinds[name](pool, int(times))
        nanos = time.perf_counter_ns() - begin
        cpu = sum(map(processor, pids)) - cpu
        print(nanos / int(times), cpu / int(times), flush=True)


if __name__ == "__main__":
    main()

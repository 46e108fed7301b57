"""Starts and joins an empty process on request, so that another program can measure between its own rounds.

Reads the name of a start method from each line of standard input and answers with milliseconds of wall time and
milliseconds of processor time of the children so far.
"""
import multiprocessing
import resource
import sys
import time


def nothing():
    pass


def main():
    for line in sys.stdin:
        context = multiprocessing.get_context(line.strip())
        begin = time.perf_counter()
        process = context.Process(target=nothing)
        process.start()
        process.join()
        wall = time.perf_counter() - begin
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000, flush=True)


if __name__ == "__main__":
    main()

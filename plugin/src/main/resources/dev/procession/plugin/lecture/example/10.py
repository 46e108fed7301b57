"""A barrier: nobody passes before five are there."""
import threading
import time
from multiprocessing import Barrier, Process


def meet(barrier, number):
    time.sleep(0.05 * number)
    try:
        index = barrier.wait(timeout=5)     # without a limit, four of nine would wait for ever
        print(number, "passes with index", index, flush=True)
    except threading.BrokenBarrierError:
        print(number, "gives up", flush=True)


if __name__ == "__main__":
    barrier = Barrier(5)
    walkers = [Process(target=meet, args=(barrier, i)) for i in range(10)]
    for process in walkers:
        process.start()
    for process in walkers:
        process.join()

"""A semaphore that lets three in, and a manager's list for the results."""
import time
from multiprocessing import Manager, Process, Semaphore, current_process


def visit(semaphore, names):
    with semaphore:                         # a process that is killed here keeps its permit for ever
        time.sleep(0.2)
        names.append(current_process().name)


if __name__ == "__main__":
    semaphore = Semaphore(3)
    with Manager() as manager:
        names = manager.list()
        guests = [Process(target=visit, args=(semaphore, names), name=f"Process-{i}") for i in range(10)]
        begin = time.monotonic()
        for process in guests:
            process.start()
        for process in guests:
            process.join()
        print(sorted(names), f"{time.monotonic() - begin:.1f} s")

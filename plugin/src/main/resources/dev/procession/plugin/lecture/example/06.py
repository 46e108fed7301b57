"""An event as a stop flag: two loops, and when they end."""
import time
from multiprocessing import Event, Process

PERIOD = 0.4


def sleep_work_look(stop):
    while True:                             # sees the flag up to a period late
        time.sleep(PERIOD)
        print("polling works", flush=True)
        if stop.is_set():
            break


def wait_or_work(stop):
    while not stop.wait(timeout=PERIOD):    # woken by set() itself
        print("waiting works", flush=True)


if __name__ == "__main__":
    stop = Event()
    children = [Process(target=body, args=(stop,)) for body in (sleep_work_look, wait_or_work)]
    for process in children:
        process.start()
    time.sleep(2.5 * PERIOD)
    stop.set()
    print("End program?")                   # too early: one of them still works
    for process in children:
        process.join()
    print("End program.", [process.exitcode for process in children])

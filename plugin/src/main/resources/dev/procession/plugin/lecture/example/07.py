"""Pause and resume: an event that is cleared again, and a second one for the end."""
import time
from multiprocessing import Event, Process


def work(running, stop):
    done = 0
    while True:
        running.wait()                      # sleeps here while it is paused
        if stop.is_set():
            print("done", done, flush=True)
            return
        time.sleep(0.05)
        done += 1


if __name__ == "__main__":
    running, stop = Event(), Event()
    worker = Process(target=work, args=(running, stop))
    worker.start()
    for _ in range(2):
        running.set()
        time.sleep(0.3)
        running.clear()                     # what has begun is finished first
        time.sleep(0.3)
    stop.set()
    running.set()                           # or it would never see the stop
    worker.join()

"""An event: waiting without a limit, and in portions."""
import time
from multiprocessing import Event, Process


def wait(event):
    event.wait()
    print("woken", flush=True)


def wait_in_portions(event):
    timeouts = 0
    while not event.wait(timeout=0.2):      # the result says which it was: the event or the time
        timeouts += 1
    print("woken after", timeouts, "timeouts", flush=True)


if __name__ == "__main__":
    event = Event()
    waiters = [Process(target=body, args=(event,)) for body in (wait, wait_in_portions)]
    for process in waiters:
        process.start()
    time.sleep(1)
    event.set()                             # can hang if a waiter was killed
    for process in waiters:
        process.join()

"""A function in several processes, and how each of them ended."""
import os
import signal
import sys
import time
from multiprocessing import Process, current_process


def greet():
    print(f"hello from {current_process().name}, pid {os.getpid()}", flush=True)


def leave():
    sys.exit(3)


def fail():
    int("three")


def sleep():
    time.sleep(60)


if __name__ == "__main__":
    greeters = [Process(target=greet) for _ in range(5)]
    for process in greeters:
        process.start()
    for process in greeters:
        process.join()

    ways = {name: Process(target=body) for name, body in
            {"exits": leave, "throws": fail, "terminated": sleep, "killed": sleep}.items()}
    for process in ways.values():
        process.start()
    print("while it runs:", ways["killed"].exitcode)        # None
    ways["terminated"].terminate()
    os.kill(ways["killed"].pid, signal.SIGKILL)
    for name, process in ways.items():
        process.join()
        print(name, process.exitcode)                       # 3, 1, -15, -9

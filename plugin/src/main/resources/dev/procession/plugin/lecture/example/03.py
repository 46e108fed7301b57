"""join() waits for the end of a process."""
import time
from multiprocessing import Process


def nap(seconds):
    time.sleep(seconds)
    print("awake", flush=True)


if __name__ == "__main__":
    sleepers = [Process(target=nap, args=(0.5,)) for _ in range(5)]
    for process in sleepers:
        process.start()

    sleepers[0].join(timeout=0.05)                          # returns None in either case
    print("still alive:", sleepers[0].is_alive())

    for process in sleepers:
        process.join()
    print("End program")

    Process(target=nap, args=(60,), daemon=True).start()    # cut off: nobody joins it

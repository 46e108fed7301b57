"""A reentrant lock, and a number and an array that processes share."""
from multiprocessing import Array, Process, RLock, Value


def write(lock, counter, latest, writer):
    for _ in range(5):
        with lock:                          # "counter.value += 1" alone is not safe
            counter.value += 1
            latest[writer] = counter.value


if __name__ == "__main__":
    lock = RLock()
    counter = Value("i", 0, lock=False)     # guarded by our lock, so it needs none of its own
    latest = Array("i", 4, lock=False)
    writers = [Process(target=write, args=(lock, counter, latest, i)) for i in range(4)]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    print(counter.value, latest[:])         # 20, and four different numbers

# If a process is killed inside "with lock", the lock stays shut: everybody else waits for ever.

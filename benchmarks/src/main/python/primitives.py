"""What CPython's multiprocessing does with its primitives, measured on request, between another program's own rounds.

Reads "what times" from each line of standard input. Answers with nanoseconds of wall time of one time, and of processor
time of all processes. A child that takes part is started with the first request for it and stays.
"""
import multiprocessing
import sys
import time

FORK = multiprocessing.get_context("fork")


class Pair:
    """Two processes that run the two halves of some work at the same time."""

    def __init__(self, here, there):
        self.here = here
        self.line, other = FORK.Pipe()
        FORK.Process(target=self.serve, args=(other, there), daemon=True).start()

    @staticmethod
    def serve(line, work):
        while True:
            times = line.recv()
            begin = time.process_time_ns()
            work(times)
            line.send(time.process_time_ns() - begin)

    def run(self, times):
        self.line.send(times)
        self.here(times)
        return self.line.recv()


def alone(work):
    class Alone:
        @staticmethod
        def run(times):
            work(times)
            return 0

    return Alone


def lock():
    guard = FORK.Lock()

    def work(times):
        for _ in range(times):
            guard.acquire()
            guard.release()

    return alone(work)


def rlock():
    guard = FORK.RLock()

    def work(times):
        for _ in range(times):
            guard.acquire()
            guard.release()

    return alone(work)


def add():
    number = FORK.Value("q", 0)

    def work(times):
        for _ in range(times):
            with number.get_lock():
                number.value += 1

    return alone(work)


def array():
    numbers = FORK.Array("q", 1024, lock=False)

    def work(times):
        for i in range(times):
            numbers[i & 1023] += 1

    return alone(work)


def counter():
    guard, number = FORK.Lock(), FORK.RawValue("q", 0)

    def work(times):
        for _ in range(times):
            with guard:
                number.value += 1

    return Pair(work, work)


def semaphore():
    there, back = FORK.Semaphore(0), FORK.Semaphore(0)

    def call(times):
        for _ in range(times):
            there.release()
            back.acquire()

    def answer(times):
        for _ in range(times):
            there.acquire()
            back.release()

    return Pair(call, answer)


def event():
    there, back = FORK.Event(), FORK.Event()

    def call(times):
        for _ in range(times):
            there.set()
            back.wait()
            back.clear()

    def answer(times):
        for _ in range(times):
            there.wait()
            there.clear()
            back.set()

    return Pair(call, answer)


def condition():
    changed, turn = FORK.Condition(), FORK.RawValue("q", 0)

    def turns_of(mine):
        def work(times):
            for _ in range(times):
                with changed:
                    while turn.value != mine:
                        changed.wait()
                    turn.value = 1 - mine
                    changed.notify()

        return work

    return Pair(turns_of(0), turns_of(1))


def barrier():
    gate = FORK.Barrier(2)

    def work(times):
        for _ in range(times):
            gate.wait()

    return Pair(work, work)


def pipe():
    first, second = FORK.Pipe()

    def call(times):
        for _ in range(times):
            first.send("hello")
            first.recv()

    def answer(times):
        for _ in range(times):
            second.send(second.recv())

    return Pair(call, answer)


def pipe_of(size):
    first, second = FORK.Pipe()
    message = bytes(size)

    def call(times):
        for _ in range(times):
            first.send_bytes(message)
        first.recv_bytes()

    def answer(times):
        for _ in range(times):
            second.recv_bytes()
        second.send_bytes(b"")

    return Pair(call, answer)


def pipe_long():
    return pipe_of(1 << 20)


def queue_with(message, bound=0):
    items = FORK.Queue(bound)

    def put(times):
        for _ in range(times):
            items.put(message)

    def take(times):
        for _ in range(times):
            items.get()

    return Pair(put, take)


def queue():
    return queue_with(7)


def queue_of(size):
    return queue_with(bytes(size), 8)


def queue_large():
    return queue_of(1 << 20)


MAKERS = [
    lock, rlock, add, array, counter, semaphore, event, condition, barrier,
    pipe, pipe_of, pipe_long, queue, queue_of, queue_large,
]


def main():
    makers = {maker.__name__: maker for maker in MAKERS}
    made = {}
    for line in sys.stdin:
        what, times = line.split()
        if what not in made:
            name, _, size = what.partition("-")
            made[what] = makers[name](int(size)) if size else makers[name]()
        cpu = time.process_time_ns()
        begin = time.perf_counter_ns()
        others = made[what].run(int(times))
        nanos = time.perf_counter_ns() - begin
        cpu = time.process_time_ns() - cpu + others
        print(nanos / int(times), cpu / int(times), flush=True)


if __name__ == "__main__":
    main()

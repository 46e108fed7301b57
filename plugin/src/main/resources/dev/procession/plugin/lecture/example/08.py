"""A condition: waiting for something to be true, not for a signal."""
from multiprocessing import Condition, Process, Value


def work(condition, ready, number):
    with condition:
        condition.wait_for(lambda: ready.value)     # asks first: a signal before this is no loss
        print("worker", number, "goes", flush=True)


if __name__ == "__main__":
    condition = Condition()
    ready = Value("b", 0, lock=False)
    workers = [Process(target=work, args=(condition, ready, i)) for i in range(3)]
    for process in workers:
        process.start()
    with condition:
        ready.value = 1                             # change it, then tell, both with the lock held
        condition.notify_all()
    for process in workers:
        process.join()

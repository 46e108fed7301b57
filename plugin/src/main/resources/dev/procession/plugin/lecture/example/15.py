"""A joinable queue: who takes what, and a join() that waits for all work."""
from multiprocessing import JoinableQueue, Process, current_process


def consume(queue):
    while True:
        item = queue.get()
        if item is None:                     # there is no other way to say that nothing more comes
            queue.task_done()
            break
        print(current_process().name, "took", item)
        queue.task_done()                    # killed before this line: join() below never returns


if __name__ == "__main__":
    queue = JoinableQueue()
    consumers = [Process(target=consume, args=(queue,)) for _ in range(3)]
    for process in consumers:
        process.start()
    for item in range(12):
        queue.put(item)
    for _ in consumers:
        queue.put(None)
    queue.join()
    for process in consumers:
        process.join()

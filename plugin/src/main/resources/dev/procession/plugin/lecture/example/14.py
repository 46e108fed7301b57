"""A duplex pipe: request and reply, until the asker closes its end."""
from multiprocessing import Pipe, Process


def answer(end, inherited):
    inherited.close()                        # a forked child has both ends; with this one open it waits for ever
    try:
        while True:
            end.send(end.recv() ** 2)
    except EOFError:
        print("the pipe has ended")


if __name__ == "__main__":
    mine, theirs = Pipe()
    worker = Process(target=answer, args=(theirs, mine))
    worker.start()
    theirs.close()
    for request in range(1, 9):
        mine.send(request)
        print(mine.recv())
    mine.close()
    worker.join()

"""A pipe one way: whole messages of any type, and an end that is not a message."""
from multiprocessing import Pipe, Process


def send(writer):
    for message in (1, "two", False, "", 0, [3.5, "x"]):
        writer.send(message)
    writer.close()


if __name__ == "__main__":
    reader, writer = Pipe(duplex=False)
    sender = Process(target=send, args=(writer,))
    sender.start()
    writer.close()                           # or recv() below never sees the end
    try:
        while True:                          # not: while message := reader.recv()
            print(repr(reader.recv()))
    except EOFError:
        print("the pipe has ended")
    sender.join()

"""A manager that serves a queue over the network, for those who have the key."""
import queue
import secrets
from multiprocessing import AuthenticationError, Process
from multiprocessing.managers import BaseManager

MESSAGES = queue.Queue()


class Server(BaseManager):
    pass


class Client(BaseManager):
    pass


def messages():
    return MESSAGES


Client.register("messages")


def put(address, key):
    client = Client(address=address, authkey=key)
    client.connect()
    for message in range(1, 12):
        client.messages().put(message)


if __name__ == "__main__":
    Server.register("messages", callable=messages)
    key = secrets.token_bytes(32)
    with Server(address=("127.0.0.1", 0), authkey=key) as server:      # "" would be every address of the machine
        putter = Process(target=put, args=(server.address, key))
        putter.start()
        remote = server.messages()
        print([remote.get() for _ in range(11)])
        putter.join()
        try:
            Client(address=server.address, authkey=b"wrong").connect()
        except AuthenticationError as refused:
            print("refused:", refused)

"""Readers, a queue and a writer: many files into one, in the order of their numbers."""
import tempfile
from multiprocessing import Process, Queue
from pathlib import Path


def read(files, pieces):
    while (job := files.get()) is not None:  # not: while not files.empty(), which is a guess
        number, path = job
        pieces.put((number, path.read_text()))


def write(pieces, count, target):
    texts = dict(pieces.get() for _ in range(count))
    draft = target.with_suffix(".part")
    draft.write_text("".join(texts[number] for number in range(count)))
    draft.replace(target)                    # whole, or not there


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        folder, count = Path(name), 3
        files, pieces = Queue(), Queue()
        for number in range(count):
            path = folder / f"{number}.js"
            path.write_text(f"console.log({number});\n")
            files.put((number, path))
        readers = [Process(target=read, args=(files, pieces)) for _ in range(2)]
        writer = Process(target=write, args=(pieces, count, folder / "all.js"))
        for process in readers + [writer]:
            process.start()
        for _ in readers:
            files.put(None)
        for process in readers + [writer]:
            process.join()
        print((folder / "all.js").read_text(), end="")

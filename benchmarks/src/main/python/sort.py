"""Sorts the files of a tree into one folder for each extension, as one would write it with multiprocessing.

Arguments: "pool" (as many workers as processors, one file is a task) or "folders" (a process for each folder of the
tree), the tree, the output.
"""
import multiprocessing
import os
import shutil
import sys
from pathlib import Path


def place(source, output):
    folder = output / (source.suffix[1:] or "none")
    folder.mkdir(parents=True, exist_ok=True)
    number, target = 0, folder / source.name
    while True:
        try:
            # Takes the name, so that no other process does.
            os.close(os.open(target, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            number += 1
            target = folder / f"{source.stem}-{number}{source.suffix}"
    shutil.copy2(source, target)


def place_all(folder, output):
    for entry in os.scandir(folder):
        if entry.is_file():
            place(Path(entry.path), output)


def main():
    how, tree, output = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if how == "pool":
        files = [Path(folder) / name for folder, _, names in os.walk(tree) for name in names]
        with multiprocessing.Pool() as pool:
            pool.starmap(place, ((file, output) for file in files))
    else:
        processes = [
            multiprocessing.Process(target=place_all, args=(folder, output)) for folder, _, _ in os.walk(tree)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()


if __name__ == "__main__":
    main()

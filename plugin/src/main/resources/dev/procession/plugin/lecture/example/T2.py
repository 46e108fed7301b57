"""A pool copies a tree into a folder for each extension; the names are given before."""
import shutil
import tempfile
from multiprocessing import Pool
from pathlib import Path


def plan(files, target):
    taken = set()
    for path in files:
        place, number = target / path.suffix[1:] / path.name, 2
        while place in taken:                # of equal names both are kept
            place = place.with_name(f"{path.stem} ({number}){path.suffix}")
            number += 1
        taken.add(place)
        yield path, place


def copy(source, place):
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        heap, target = Path(name) / "heap", Path(name) / "sorted"
        for folder in ("a", "b"):
            (heap / folder).mkdir(parents=True)
            (heap / folder / "notes.txt").write_text(f"notes of {folder}")
        files = sorted(path for path in heap.rglob("*") if path.is_file())
        with Pool(3) as pool:                # not a process for each folder
            pool.starmap(copy, plan(files, target))
        print(sorted(path.name for path in target.rglob("*.txt")))

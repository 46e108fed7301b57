"""Joins scripts with a source map, as one would write it with multiprocessing: a pool reads, and this process joins.

Arguments: the folder of the scripts, the output.
"""
import json
import multiprocessing
import os
import sys
from pathlib import Path

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def vlq(number):
    rest = (-number << 1) | 1 if number < 0 else number << 1
    text = ""
    while True:
        digit, rest = rest & 31, rest >> 5
        text += DIGITS[digit | 32 if rest else digit]
        if not rest:
            return text


def read(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return text, text.count("\n")


def main():
    folder, output = sys.argv[1], Path(sys.argv[2])
    sources = sorted(
        os.path.join(place, name) for place, _, names in os.walk(folder) for name in names if name.endswith(".js")
    )
    with multiprocessing.Pool() as pool:
        read_sources = pool.map(read, sources)
    mappings, line = [], 0
    for index, (_, lines) in enumerate(read_sources):
        mappings.append("A" + ("C" if index else "A") + vlq(-line) + "A" + ";AACA" * (lines - 1) + ";;")
        line = lines - 1
    output.parent.mkdir(parents=True)
    with open(output, "w", encoding="utf-8") as file:
        for text, _ in read_sources:
            file.write(text)
            file.write(";\n")
        file.write(f"//# sourceMappingURL={output.name}.map\n")
    with open(f"{output}.map", "w", encoding="utf-8") as file:
        json.dump(
            {
                "version": 3,
                "file": output.name,
                "sources": sources,
                "sourcesContent": [text for text, _ in read_sources],
                "names": [],
                "mappings": "".join(mappings),
            },
            file,
        )


if __name__ == "__main__":
    main()

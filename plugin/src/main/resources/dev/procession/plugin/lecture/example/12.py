"""map(): results in the order of the items; chunks make the way cheaper."""
import time
from multiprocessing import Pool


def total(n):
    return sum(i % n for i in range(1, n * 20_000))


if __name__ == "__main__":
    items = range(1, 16)
    with Pool(2) as pool:
        begin = time.perf_counter()
        sums = pool.map(total, items, chunksize=3)
        print(f"pool {time.perf_counter() - begin:.3f} s")
    begin = time.perf_counter()
    print(sums == [total(n) for n in items], f"loop {time.perf_counter() - begin:.3f} s")

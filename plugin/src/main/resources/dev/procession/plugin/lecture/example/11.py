"""A pool with callbacks for results and for errors."""
from multiprocessing import Pool


def square(x):
    return x * x


def fail():
    raise ValueError("out of chalk")


if __name__ == "__main__":
    with Pool(2) as pool:
        tasks = [pool.apply_async(square, (x,), callback=print, error_callback=print) for x in (7, 8)]
        tasks.append(pool.apply_async(fail, callback=print, error_callback=print))
        pool.close()
        pool.join()                          # a task whose worker is killed never ends, and this waits for ever

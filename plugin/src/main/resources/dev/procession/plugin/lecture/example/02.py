"""A process as a class: data in attributes, work in methods, run() in the child."""
import os
from multiprocessing import Process


class Accountant(Process):
    def __init__(self, amounts):
        super().__init__()
        self.amounts = amounts
        self.total = 0
        print("constructed in pid", os.getpid())

    def run(self):
        print("running in pid", os.getpid())
        for amount in self.amounts:
            self.add(amount)
        print("total", self.total)

    def add(self, amount):
        self.total += amount


if __name__ == "__main__":
    accountant = Accountant([3, 5, 8])
    accountant.start()
    accountant.join()
    print("total in the parent:", accountant.total)         # 0: the child had a copy

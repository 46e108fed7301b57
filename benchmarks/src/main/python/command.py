"""Runs commands on request, and tells what they used, between another program's own rounds.

The one argument is the file for what commands print. Reads, each on a line: a directory, how many words the command has,
and its words. Answers with milliseconds of wall time, milliseconds of processor time of the command and all that it has
waited for, KiB of memory of the largest of these processes, and the exit code. No memory is below that of this
interpreter, in which a command begins.
"""
import os
import sys
import time


def run(directory, command, log):
    begin = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        try:
            os.chdir(directory)
            os.dup2(log, 1)
            os.dup2(log, 2)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.execvp(command[0], command)
        except OSError as failure:
            os.write(log, str(failure).encode())
        os._exit(127)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - begin
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss, os.waitstatus_to_exitcode(status)


def main():
    while directory := sys.stdin.readline().rstrip("\n"):
        command = [sys.stdin.readline().rstrip("\n") for _ in range(int(sys.stdin.readline()))]
        log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            print(*run(directory, command, log), flush=True)
        finally:
            os.close(log)


if __name__ == "__main__":
    main()

"""Runs a command, and writes what it took as JSON: measured.py RESULT LIMIT OUTPUT COMMAND...

Wall time from its start to its end; CPU time of it and of all that it started; memory as the kernel
counts it, of the largest process and, looked at ten times a second, of all its processes together.
A command that takes longer than LIMIT seconds is ended.
"""
import json
import os
import signal
import subprocess
import sys
import threading
import time

PAGE = os.sysconf("SC_PAGE_SIZE")


def resident(group):
    """Bytes that the processes of a group have in memory now."""
    total = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            total += int(fields[21]) * PAGE
    return total


def main():
    result, limit, output, *command = sys.argv[1:]
    most, ended = 0, threading.Event()

    def watch(group):
        nonlocal most
        while not ended.wait(0.1):
            most = max(most, resident(group))

    with open(output, "wb") as out, open(output + ".err", "wb") as err:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)
        watching = threading.Thread(target=watch, args=(child.pid,))
        watching.start()
        late = threading.Timer(float(limit), os.killpg, (child.pid, signal.SIGKILL))
        late.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
        late.cancel()
        ended.set()
        watching.join()
    largest = usage.ru_maxrss * 1024
    told = {
        "code": os.waitstatus_to_exitcode(status),
        "seconds": wall,
        "cpuSeconds": usage.ru_utime + usage.ru_stime,
        "memoryMB": largest / 1e6,
        "togetherMB": max(most, largest) / 1e6,
    }
    with open(result, "w") as file:
        json.dump(told, file)


main()
